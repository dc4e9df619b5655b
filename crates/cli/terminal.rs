//! What people see: widths, styles, and text from outside made safe before it is shown.

mod style;
mod visible;
mod wrap;

use std::io::{BufWriter, IsTerminal, StdoutLock, Write};

pub use anstyle::Style;
pub use style::{
    ADDED, CITATION, CITED, DIM, DIM_CITED, HEADING, HIGHLIGHT, REMOVED, SYMBOL, WARNING, paint,
};
pub use visible::visible;
pub use wrap::{columns, indented};

/// The narrowest width text is broken to; below it, words would stand alone on their lines.
const NARROWEST: usize = 30;

/// The widest; longer lines are hard to read.
const WIDEST: usize = 100;

/// The width of text on a terminal; none when the output goes elsewhere and is not broken.
pub fn width() -> Option<usize> {
    if !std::io::stdout().is_terminal() {
        return None;
    }
    Some(columns_within_bounds())
}

fn columns_within_bounds() -> usize {
    let columns = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    columns.clamp(NARROWEST, WIDEST)
}

/// The full width of the terminal, for tables.
pub fn full_width() -> Option<usize> {
    if !std::io::stdout().is_terminal() {
        return None;
    }
    let columns = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    Some(columns.max(NARROWEST))
}

/// Standard output, buffered; styles are dropped where it is no terminal.
pub type Output = BufWriter<anstream::AutoStream<StdoutLock<'static>>>;

/// Standard output for a command.
pub fn output() -> Output {
    BufWriter::new(anstream::stdout().lock())
}

/// Tells the user something beside the output.
pub fn note(message: &str) {
    tell(&visible(message));
}

/// Tells the user what went wrong.
pub fn error(message: &str) {
    tell(&format!("{} {}", paint("error:", style::ERROR), visible(message)));
}

/// Tells the user what to look at.
pub fn warning(message: &str) {
    tell(&format!("{} {}", paint("warning:", style::WARNING), visible(message)));
}

/// Writes a message, broken to the width of the terminal if it goes to one.
fn tell(message: &str) {
    let shown = if std::io::stderr().is_terminal() {
        wrap::message(message, columns_within_bounds())
    } else {
        message.to_owned()
    };
    // Standard error may be closed; there is nobody to tell then.
    let _ = writeln!(anstream::stderr(), "{shown}");
}

/// `1 paragraph`, `2 paragraphs`.
pub fn counted(number: u64, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", grouped(number))
}

/// Thousands parted by commas.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A size for people: `12.3 MB`.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    if bytes < 1000 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64;
    let mut unit = "B";
    for next in UNITS {
        if value < 1000.0 {
            break;
        }
        value /= 1000.0;
        unit = next;
    }
    format!("{value:.1} {unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_people() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(999), "999");
        assert_eq!(counted(1, "paragraph"), "1 paragraph");
        assert_eq!(counted(2000, "paragraph"), "2,000 paragraphs");
        assert_eq!(size(999), "999 B");
        assert_eq!(size(12_345_678), "12.3 MB");
    }
}
