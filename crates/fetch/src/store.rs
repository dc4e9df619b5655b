//! Files under the corpus: their names, and the facts beside them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use undex_document::{Format, Language, Symbol};
use undex_ingest::export::name_of;

use crate::Trouble;
use crate::recognise::extension;
use crate::sources::{Source, is_name};
use crate::transfer::Whole;

/// The folder of documents that were asked for by symbol.
const BY_SYMBOL: &str = "fetched";

/// What the name of a document ends in.
const EXTENSIONS: [&str; 5] = ["pdf", "doc", "docx", "html", "xml"];

/// How the name of a file begins that is not whole yet.
const UNFINISHED: &str = ".undex-";

/// The place of a document that was asked for by its symbol, from the folder of the corpus.
pub(crate) fn place_of(symbol: &Symbol, language: Language, format: Format) -> String {
    format!("{BY_SYMBOL}/{}", name_of(symbol, language, extension(format)))
}

/// The place of a document of a set. A file that states no symbol goes by the hash of its name.
pub(crate) fn place_in_set(
    set: &str,
    session: u16,
    symbol: Option<&Symbol>,
    language: Language,
    format: Format,
    name_hash: &str,
) -> String {
    let extension = extension(format);
    let name = match symbol {
        Some(symbol) => name_of(symbol, language, extension),
        None => format!("{name_hash}.{language}.{extension}"),
    };
    format!("{set}/{session}/{name}")
}

/// The same place for a second file of one symbol and language, such as a reissue.
pub(crate) fn place_beside(place: &str, name_hash: &str) -> String {
    match place.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{name_hash}.{extension}"),
        None => format!("{place}.{name_hash}"),
    }
}

/// The file of a place, if the place is one of those above: of a session of a set, or else of a document
/// that was asked for by its symbol. There is none where a link stands on the way.
pub(crate) fn file_of(corpus: &Path, place: &str, of: Option<(&str, u16)>) -> Option<PathBuf> {
    let mut names = place.split('/');
    match of {
        Some((set, session)) => {
            let set_is_name = is_name(set) && names.next() == Some(set);
            let session = session.to_string();
            (set_is_name && names.next() == Some(session.as_str())).then_some(())?;
        }
        None => (names.next() == Some(BY_SYMBOL)).then_some(())?,
    }
    let name = names.next().filter(|name| is_name_of_document(name))?;
    if names.next().is_some() {
        return None;
    }
    let mut folder = corpus.to_owned();
    for part in place.strip_suffix(name)?.split_terminator('/') {
        folder.push(part);
        if fs::symlink_metadata(&folder).is_ok_and(|metadata| !metadata.is_dir()) {
            return None;
        }
    }
    Some(folder.join(name))
}

/// What is told of a place without a file.
pub(crate) fn not_inside(place: &str) -> String {
    format!("{place}: lies outside the corpus, or behind a link; put a folder in place of the link")
}

/// Whether a name is one that is made from a symbol or a hash.
fn is_name_of_document(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._()%".contains(&byte);
    let ending = name.rsplit_once('.').map(|(_, extension)| extension);
    !name.starts_with('.')
        && name.bytes().all(plain)
        && ending.is_some_and(|ending| EXTENSIONS.contains(&ending))
}

/// Gives a file that came whole its place. What the document is stands beside it before the document
/// does, so that no index reads it without.
pub(crate) fn keep(
    whole: Whole,
    file: &Path,
    symbol: &Symbol,
    language: Language,
    source: &Source,
    address: &str,
) -> Result<(), Trouble> {
    make_folder(file)?;
    let mut facts = file.to_owned().into_os_string();
    facts.push(".meta.toml");
    let facts = PathBuf::from(facts);
    // What somebody wrote there since stays.
    if !facts.exists() {
        let text = format!(
            "# Source: {}; {address}\n# Terms of use: {}\nsymbol = \"{symbol}\"\nlanguage = \"{language}\"\n",
            one_line(&source.acknowledge),
            one_line(&source.terms),
        );
        write(&facts, text.as_bytes())?;
    }
    whole.keep(file)
}

/// Writes a file under another name first.
pub(crate) fn write(file: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    make_folder(file)?;
    let folder = file.parent().unwrap_or(file);
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED).suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As the user's mask allows, and not private as temporary files are.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut unfinished = builder.tempfile_in(folder).map_err(Trouble::io(folder))?;
    unfinished.write_all(bytes).map_err(Trouble::io(file))?;
    unfinished.persist(file).map_err(|error| Trouble::io(file)(error.error))?;
    Ok(())
}

fn make_folder(file: &Path) -> Result<(), Trouble> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder).map_err(Trouble::io(folder))
}

/// A text from outside as part of a line.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_from_symbols() {
        let symbol = |text: &str| text.parse::<Symbol>().unwrap();
        // (place, expected)
        let table = [
            (
                place_of(&symbol("A/75/816"), Language::English, Format::Pdf),
                "fetched/A_75_816.en.pdf",
            ),
            (
                place_of(&symbol("S/RES/1325 (2000)"), Language::French, Format::Docx),
                "fetched/S_RES_1325(2000).fr.docx",
            ),
            (
                place_in_set(
                    "maps",
                    78,
                    Some(&symbol("A/RES/78/1")),
                    Language::Spanish,
                    Format::Akn,
                    "00ff",
                ),
                "maps/78/A_RES_78_1.es.xml",
            ),
            (
                place_in_set("maps", 78, None, Language::Spanish, Format::Akn, "00ff"),
                "maps/78/00ff.es.xml",
            ),
        ];
        for (place, expected) in table {
            assert_eq!(place, expected);
        }
        assert_eq!(place_beside("maps/78/a.es.xml", "00ff"), "maps/78/a.es.00ff.xml");
    }
}
