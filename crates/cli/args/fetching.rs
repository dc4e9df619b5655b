//! The options of `undex fetch`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, ValueEnum};
use undex_document::Language;

use super::{DEFAULT_CORPUS, IndexFolder, ReportFormat};

const FETCH_HELP: &str = r#"The only command that opens a network connection. Where documents come from, and how the places are
asked, stands in sources.toml in the corpus; their terms of use are named there. fetched.jsonl in the
corpus says what came from where. Documents that it or the index has are not fetched again.

Proxies are those of HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.

Examples:
  undex fetch A/75/816 A/77/275 --lang es,en,fr
  undex fetch --set ga-resolutions --session 78,79
  undex fetch --set ict-security           a reading list; the sets are in sources.toml
  undex fetch --missing 50                 what the documents in the index cite most and is not held
  undex fetch --from symbols.txt --dry-run what would be asked from where
  undex fetch --update                     in CI: only what changed at the source

Then `undex index` makes it searchable."#;

/// Fetch documents from where the UN publishes them
#[derive(Debug, Args)]
#[command(after_help = FETCH_HELP)]
#[command(group(ArgGroup::new("what").required(true).multiple(true)
    .args(["symbols", "sets", "missing", "from", "update"])))]
pub struct Fetch {
    /// Documents, in any spelling of their symbols
    #[arg(value_name = "SYMBOL")]
    pub symbols: Vec<String>,
    /// Whole sets by their names: ga-resolutions, ict-security
    #[arg(long = "set", value_name = "NAME", value_delimiter = ',')]
    pub sets: Vec<String>,
    /// The sessions of a set that is published by session: 78 or 75,78..80
    #[arg(long = "session", value_name = "N", value_delimiter = ',', requires = "sets")]
    pub sessions: Vec<Sessions>,
    /// As many of the documents that are cited most and not held; see `undex missing`
    #[arg(long, value_name = "N")]
    pub missing: Option<usize>,
    /// Documents named in a file, one a line; - for standard input, # for a remark
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Ask whether what was fetched has changed, and fetch what did
    #[arg(long, conflicts_with_all = ["symbols", "sets", "missing", "from", "dry_run", "lang", "format"])]
    pub update: bool,
    /// Languages, such as es or en,fr
    #[arg(long, value_name = "LANG", value_delimiter = ',', default_values_t = Language::SUPPORTED)]
    pub lang: Vec<Language>,
    /// Formats to ask for, the best first, instead of those of sources.toml
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    pub format: Vec<FetchFormat>,
    /// Show what would be asked from where, and ask nobody
    #[arg(long)]
    pub dry_run: bool,
    /// With --dry-run, ask the sources how large the files are
    #[arg(long, requires = "dry_run")]
    pub sizes: bool,
    /// The folder of the documents
    #[arg(long, value_name = "DIR", default_value = DEFAULT_CORPUS)]
    pub corpus: PathBuf,
    /// The table of sources instead of sources.toml in the corpus
    #[arg(long, value_name = "FILE")]
    pub sources: Option<PathBuf>,
    /// Write what became of every document to standard output; with --dry-run, the plan
    #[arg(long, value_name = "FORMAT")]
    pub report: Option<ReportFormat>,
    /// Say nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub index: IndexFolder,
}

/// What a file is asked for as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FetchFormat {
    /// Word, of any year
    Doc,
    /// PDF
    Pdf,
    /// Akoma Ntoso
    Xml,
    /// A page
    Html,
}

/// A session, or all from one to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sessions {
    pub first: u16,
    pub last: u16,
}

impl std::str::FromStr for Sessions {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| {
            let number = text.parse::<u16>().ok().filter(|number| (1..1000).contains(number));
            number.ok_or_else(|| "write a session as 78, several as 75,78 or 75..80".to_owned())
        };
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let (first, last) = (number(first)?, number(last)?);
        if first > last {
            return Err(format!("{first} is after {last}; give the earlier session first"));
        }
        Ok(Self { first, last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions() {
        // (text, first and last, none where it is refused)
        let table = [
            ("78", Some((78, 78))),
            ("75..80", Some((75, 80))),
            ("80..75", None),
            ("75..", None),
            ("0", None),
            ("ES-11", None),
        ];
        for (text, expected) in table {
            let found = text.parse::<Sessions>().ok().map(|found| (found.first, found.last));
            assert_eq!(found, expected, "{text}");
        }
    }
}
