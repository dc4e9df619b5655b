//! Styles; the streams drop them where the output is no terminal or `NO_COLOR` is set.

use anstyle::{AnsiColor, Effects, Style};

/// The place to cite: what a person copies.
pub const SYMBOL: Style = AnsiColor::Cyan.on_default().effects(Effects::BOLD);
/// Headings of documents.
pub const HEADING: Style = Style::new().effects(Effects::BOLD);
/// What matched.
pub const HIGHLIGHT: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
/// The words that name a document.
pub const CITATION: Style = Style::new().effects(Effects::BOLD.insert(Effects::UNDERLINE));
/// The same where a document is read as a whole.
pub const CITED: Style = Style::new().effects(Effects::UNDERLINE);
/// The same in what stands beside the text.
pub const DIM_CITED: Style = Style::new().effects(Effects::DIMMED.insert(Effects::UNDERLINE));
/// What stands beside the text.
pub const DIM: Style = Style::new().effects(Effects::DIMMED);
/// The word before an error.
pub const ERROR: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
/// The word before a warning.
pub const WARNING: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);

/// What was added.
pub const ADDED: Style = AnsiColor::Green.on_default();
/// What is gone.
pub const REMOVED: Style = AnsiColor::Red.on_default();

/// Text in a style.
pub fn paint(text: &str, style: Style) -> String {
    format!("{style}{text}{style:#}")
}
