//! BibTeX entries, for classic BibTeX and for biblatex.
//!
//! Documents of the UN are `@techreport`: of the standard types it alone prints a type, a number and
//! an institution (btxdoc, section 3.1), and biblatex takes it for `@report`. Its `@legislation` is
//! printed by no standard style. Documents that are not the UN's own have no institution, which
//! `@techreport` demands, and are `@misc`.

use undex_document::{Language, Pinpoint};

use super::names::{Wording, genre, united_nations};
use super::work::{Work, place};

/// The macros that every BibTeX style defines for months (btxdoc, section 3.2).
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

pub(super) fn write(work: &Work, pinpoint: Option<&Pinpoint>, language: Language) -> String {
    let wording = Wording::of(language);
    let issuer = work.issuer(wording);
    let kind = if issuer.is_some() { "techreport" } else { "misc" };
    let mut entry = Entry { text: format!("@{kind}{{{},\n", work.key(pinpoint)) };
    if let Some(issuer) = issuer {
        // A second pair of braces makes one name of it, which its `and` and comma would part.
        entry.protected("author", &issuer);
        entry.text("institution", united_nations(wording));
    }
    // The second pair keeps styles from lowering capitals.
    entry.protected("title", &work.title_or_name(language));
    entry.text("type", genre(work.kind, wording));
    if let Some(number) = work.number() {
        entry.text("number", &number);
    }
    if let Some(year) = work.year() {
        entry.raw("year", &format!("{{{year}}}"));
    }
    if let Some(date) = work.date {
        let month = usize::try_from(date.month()).ok().and_then(|month| month.checked_sub(1));
        if let Some(macro_name) = month.and_then(|month| MONTHS.get(month)) {
            entry.raw("month", macro_name);
        }
        entry.raw("day", &format!("{{{}}}", date.day()));
    }
    // One is read by biblatex for hyphenation, the other by biblatex and babelbib to print.
    if let Some(babel) = babel_name(work.language) {
        entry.text("language", babel);
        entry.text("langid", babel);
    }
    if let Some(url) = work.url() {
        // Verbatim: biblatex prints it by \url, and a symbol holds nothing that ends a value.
        entry.raw("url", &format!("{{{url}}}"));
    }
    if let Some(place) = place(pinpoint, language) {
        entry.text("note", &place);
    }
    entry.text.push_str("}\n");
    entry.text
}

/// An entry as it grows, a field a line.
struct Entry {
    text: String,
}

impl Entry {
    fn raw(&mut self, field: &str, value: &str) {
        self.text.push_str(&format!("  {field} = {value},\n"));
    }

    fn text(&mut self, field: &str, value: &str) {
        self.raw(field, &format!("{{{}}}", escaped(value)));
    }

    fn protected(&mut self, field: &str, value: &str) {
        self.raw(field, &format!("{{{{{}}}}}", escaped(value)));
    }
}

/// Text that LaTeX prints as it is and in which BibTeX finds no unbalanced brace: it counts braces
/// behind backslashes too, so `\{` would not do. What is not ASCII stays, in UTF-8.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            // Old font encodings print these as other characters.
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            // A straight quote is a command under babel in several languages, and \textquotedbl is
            // unknown to the default font encoding: it becomes the quote that was meant.
            '"' if before.is_whitespace() || "([“«/-".contains(before) => out.push('“'),
            '"' => out.push('”'),
            _ => out.push(c),
        }
        before = c;
    }
    out
}

/// The language by its name in babel.
fn babel_name(language: Language) -> Option<&'static str> {
    Some(match language {
        Language::Arabic => "arabic",
        Language::Chinese => "chinese",
        Language::English => "english",
        Language::French => "french",
        Language::Russian => "russian",
        Language::Spanish => "spanish",
        Language::Undetermined => return None,
    })
}

#[cfg(test)]
mod tests {
    use undex_document::{Date, Symbol};

    use super::*;

    #[test]
    fn a_resolution_in_three_languages() {
        let symbol = "A/RES/78/237".parse().unwrap();
        let place = "para. 3".parse().unwrap();
        let mut work = Work::new(&symbol, Language::English);
        work.title = Some("A title of our own & nothing else");
        work.date = Some(Date::constant(2023, 12, 22));
        assert_eq!(
            write(&work, Some(&place), Language::English),
            r"@techreport{A_RES_78_237-en-para.3,
  author = {{United Nations, General Assembly}},
  institution = {United Nations},
  title = {{A title of our own \& nothing else}},
  type = {Resolution},
  number = {A/RES/78/237},
  year = {2023},
  month = dec,
  day = {22},
  language = {english},
  langid = {english},
  url = {https://undocs.org/en/A/RES/78/237},
  note = {para. 3},
}
"
        );
        work.language = Language::Spanish;
        work.title = Some("Un título nuestro");
        assert_eq!(
            write(&work, Some(&place), Language::Spanish),
            r"@techreport{A_RES_78_237-es-para.3,
  author = {{Naciones Unidas, Asamblea General}},
  institution = {Naciones Unidas},
  title = {{Un título nuestro}},
  type = {Resolución},
  number = {A/RES/78/237},
  year = {2023},
  month = dec,
  day = {22},
  language = {spanish},
  langid = {spanish},
  url = {https://undocs.org/es/A/RES/78/237},
  note = {párr. 3},
}
"
        );
        work.language = Language::French;
        work.title = None;
        work.date = None;
        assert_eq!(
            write(&work, None, Language::French),
            r"@techreport{A_RES_78_237-fr,
  author = {{Nations Unies, Assemblée générale}},
  institution = {Nations Unies},
  title = {{Résolution 78/237 de l’Assemblée générale}},
  type = {Résolution},
  number = {A/RES/78/237},
  language = {french},
  langid = {french},
  url = {https://undocs.org/fr/A/RES/78/237},
}
"
        );
    }

    #[test]
    fn what_is_not_of_the_un_has_no_institution() {
        let symbol = Symbol::provisional("03a4bc0011223344");
        let mut work = Work::new(&symbol, Language::Undetermined);
        work.title = Some("A plan");
        assert_eq!(
            write(&work, None, Language::English),
            "@misc{PROVISIONAL_03A4BC001122,\n  title = {{A plan}},\n  type = {Document},\n}\n"
        );
    }

    #[test]
    fn characters_that_latex_reads() {
        // (text, escaped, why)
        let table = [
            ("R&D 5% $ # a_b", r"R\&D 5\% \$ \# a\_b", "a backslash is enough"),
            ("{x}", r"\textbraceleft{}x\textbraceright{}", "braces stay balanced"),
            ("a~b^c", r"a\textasciitilde{}b\textasciicircum{}c", "accents of LaTeX"),
            (
                r"\input{x}",
                r"\textbackslash{}input\textbraceleft{}x\textbraceright{}",
                "no command",
            ),
            ("a < b > c | d", r"a \textless{} b \textgreater{} c \textbar{} d", "old encodings"),
            ("\"one\" (\"two\")", "“one” (“two”)", "straight quotes"),
            ("año, l’été, 决议", "año, l’été, 决议", "UTF-8"),
        ];
        for (text, expected, why) in table {
            assert_eq!(escaped(text), expected, "{why}");
        }
    }

    #[test]
    fn hostile_titles_stay_inside_their_field() {
        let symbol = "A/77/275".parse().unwrap();
        let mut work = Work::new(&symbol, Language::English);
        let whole = write(&work, None, Language::English);
        for title in
            ["}}},\n@misc{x,", "{{{", "}", "a\u{0}\r\n}\n", "\\", "%", "\\}", "@string{a=b}"]
        {
            work.title = Some(title);
            let entry = write(&work, None, Language::English);
            assert_eq!(entry.lines().count(), whole.lines().count(), "{title:?}");
            let mut depth = 0;
            for c in entry.trim_end().chars() {
                depth += i32::from(c == '{') - i32::from(c == '}');
                assert!(depth >= 0, "{title:?}: {entry}");
            }
            assert_eq!(depth, 0, "{title:?}: {entry}");
            // Outside of its value, only the lines of an entry begin with a field's name.
            assert_eq!(entry.matches("\n@").count(), 0, "{title:?}");
        }
    }
}
