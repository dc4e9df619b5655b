//! Items of CSL-JSON, what citeproc processors, Zotero and pandoc read.
//!
//! Shapes are those of the schema `csl-data.json` of the Citation Style Language. Resolutions and
//! decisions are `legislation`, "a law or resolution enacted by a governing body" (CSL 1.0.2, appendix
//! on types), draft resolutions, which propose one, `bill`; all else is `report`.
//! Where an item is legislation, its organ is also its `authority`: styles print the author of laws
//! seldom.
//!
//! A place is in `note`. The schema allows `locator`, but no label beside it, and processors that get
//! one without a label print it as a page; locators belong to a cite, not to an item.

use serde::Serialize;
use undex_document::{DocumentType, Language, Pinpoint};

use super::names::{Wording, genre, united_nations};
use super::work::{Work, place};

#[derive(Serialize)]
struct Item {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<[Name; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'static str>,
    genre: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'static str>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// A name that is not parted into family and given name.
#[derive(Serialize)]
struct Name {
    literal: String,
}

/// Year, or year, month and day.
#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts")]
    date_parts: [Vec<i16>; 1],
}

/// An array of items.
pub(super) fn write<'w>(
    cited: impl Iterator<Item = (&'w Work<'w>, Option<&'w Pinpoint>, Language)>,
) -> String {
    let items: Vec<Item> =
        cited.map(|(work, pinpoint, language)| item(work, pinpoint, language)).collect();
    // Strings and numbers always become JSON; an array without items is still an array.
    let mut json = serde_json::to_string_pretty(&items).unwrap_or_else(|_| "[]".to_owned());
    json.push('\n');
    json
}

fn item(work: &Work, pinpoint: Option<&Pinpoint>, language: Language) -> Item {
    let wording = Wording::of(language);
    let kind = match work.kind {
        DocumentType::Resolution | DocumentType::Decision => "legislation",
        DocumentType::DraftResolution => "bill",
        _ => "report",
    };
    let issuer = work.issuer(wording);
    let date_parts = match work.date {
        Some(date) => Some(vec![date.year(), date.month().into(), date.day().into()]),
        None => work.year().map(|year| vec![year]),
    };
    Item {
        id: work.key(pinpoint),
        kind,
        title: work.title_or_name(language),
        publisher: issuer.is_some().then(|| united_nations(wording)),
        authority: issuer.clone().filter(|_| kind != "report"),
        author: issuer.map(|literal| [Name { literal }]),
        genre: genre(work.kind, wording),
        number: work.number(),
        issued: date_parts.map(|parts| Issued { date_parts: [parts] }),
        language: work.language_code(),
        url: work.url(),
        note: place(pinpoint, language),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use undex_document::{Date, Symbol};

    use super::*;

    fn one(work: &Work, pinpoint: Option<&Pinpoint>, language: Language) -> String {
        write(std::iter::once((work, pinpoint, language)))
    }

    fn item(work: &Work, place: &str, language: Language) -> Value {
        let pinpoint = place.parse().ok();
        serde_json::from_str(&one(work, pinpoint.as_ref(), language)).unwrap()
    }

    #[test]
    fn a_resolution_as_it_is_written() {
        let symbol = "A/RES/78/237".parse().unwrap();
        let place = "para. 3".parse().unwrap();
        let mut work = Work::new(&symbol, Language::English);
        work.title = Some("A title of our own");
        work.date = Some(Date::constant(2023, 12, 22));
        assert_eq!(
            one(&work, Some(&place), Language::English),
            r#"[
  {
    "id": "A_RES_78_237-en-para.3",
    "type": "legislation",
    "title": "A title of our own",
    "author": [
      {
        "literal": "United Nations, General Assembly"
      }
    ],
    "authority": "United Nations, General Assembly",
    "publisher": "United Nations",
    "genre": "Resolution",
    "number": "A/RES/78/237",
    "issued": {
      "date-parts": [
        [
          2023,
          12,
          22
        ]
      ]
    },
    "language": "en",
    "URL": "https://undocs.org/en/A/RES/78/237",
    "note": "para. 3"
  }
]
"#
        );
    }

    #[test]
    fn other_languages_and_kinds() {
        let symbol = "S/RES/1325 (2000)".parse().unwrap();
        let work = Work::new(&symbol, Language::Spanish);
        assert_eq!(
            item(&work, "2", Language::Spanish),
            json!([{
                "id": "S_RES_1325-2000-es-para.2",
                "type": "legislation",
                "title": "Resolución 1325\u{a0}(2000) del Consejo de Seguridad",
                "author": [{"literal": "Naciones Unidas, Consejo de Seguridad"}],
                "authority": "Naciones Unidas, Consejo de Seguridad",
                "publisher": "Naciones Unidas",
                "genre": "Resolución",
                "number": "S/RES/1325 (2000)",
                "issued": {"date-parts": [[2000]]},
                "language": "es",
                "URL": "https://undocs.org/es/S/RES/1325(2000)",
                "note": "párr. 2"
            }])
        );
        let symbol = "A/77/275".parse().unwrap();
        let mut work = Work::new(&symbol, Language::French);
        work.kind = DocumentType::Report;
        work.title = Some("Un titre à nous");
        assert_eq!(
            item(&work, "annex, para. 16 (a)", Language::French),
            json!([{
                "id": "A_77_275-fr-annex.para.16.a",
                "type": "report",
                "title": "Un titre à nous",
                "author": [{"literal": "Nations Unies, Assemblée générale"}],
                "publisher": "Nations Unies",
                "genre": "Rapport",
                "number": "A/77/275",
                "language": "fr",
                "URL": "https://undocs.org/fr/A/77/275",
                "note": "annexe, par. 16 a)"
            }])
        );
    }

    #[test]
    fn types_of_items() {
        // (symbol, type, why)
        let table = [
            ("A/DEC/50/411", "legislation", "a decision is enacted as a resolution is"),
            ("A/C.1/80/L.20", "bill", "a draft resolution"),
            ("A/79/PV.64", "report", "a record"),
            ("CD/2229", "report", "of no type"),
        ];
        for (symbol, kind, why) in table {
            let symbol = symbol.parse().unwrap();
            let items = item(&Work::new(&symbol, Language::English), "", Language::English);
            assert_eq!(items[0]["type"], kind, "{why}");
        }
    }

    #[test]
    fn hostile_titles_are_strings() {
        let symbol = Symbol::provisional("03a4bc0011223344");
        let mut work = Work::new(&symbol, Language::Undetermined);
        // (title, what is read back, why)
        let table = [
            ("a\", \"type\": \"book", "a\", \"type\": \"book", "quotes"),
            ("a\\", "a\\", "a backslash"),
            ("a\u{0}\u{1b}[31m\nb", "a [31m b", "controls"),
            ("}]", "}]", "the end of an array"),
        ];
        for (title, read, why) in table {
            work.title = Some(title);
            assert_eq!(
                item(&work, "", Language::English),
                json!([{
                    "id": "PROVISIONAL_03A4BC001122",
                    "type": "report",
                    "title": read,
                    "genre": "Document"
                }]),
                "{why}"
            );
        }
    }
}
