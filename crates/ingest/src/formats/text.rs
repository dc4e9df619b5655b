//! Plain text, Markdown, and what converters to Markdown leave of a document.
//!
//! Markdown is read line by line and not by a Markdown parser: to that, `29. The group` is an item
//! of a list whose number is decoration, and the number as printed is what a citation names.

use regex::Captures;

use super::Draft;
use crate::layout::{self, Line};
use crate::normal_form::{MARK_END, MARK_START};
use crate::pattern::pattern;

/// Reads a text; `markdown` undoes markup.
pub(crate) fn read(text: &str, markdown: bool) -> Draft {
    let text: String = text.chars().filter(|c| !matches!(c, '\u{E000}'..='\u{F8FF}')).collect();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut lines = Vec::new();
    let mut gap = 0;
    let mut fenced = false;
    let mut page_start = false;
    for (at, page) in text.split('\u{C}').enumerate() {
        page_start |= at > 0;
        // A page's first line has no lines above it to be apart from.
        gap = if at > 0 { 0 } else { gap };
        for raw in page.lines() {
            if markdown && raw.trim_start().starts_with("```") {
                fenced = !fenced;
                continue;
            }
            let mut line = Line::plain(raw, gap);
            if line.text.is_empty() {
                gap += 1;
                continue;
            }
            if markdown && !fenced && !mark_up(&mut line) {
                continue;
            }
            line.text = raise_digits(&line.text).trim().to_owned();
            if line.text.is_empty() {
                continue;
            }
            line.page_start = std::mem::take(&mut page_start);
            line.page = at;
            gap = 0;
            lines.push(line);
        }
    }
    layout::draft(lines)
}

pattern!(
    LINK,
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]*(?:\([^()]*\)[^()\s]*)*)(?:\s+[^)]*)?\)"
);
pattern!(SUPERSCRIPT, r"(?i)<sup>\s*(?:\[?(\d{1,3}|\*{1,3}|[a-z])\]?)\s*</sup>");
pattern!(REFERENCE, r"\[\^([0-9A-Za-z]{1,8})\]");
pattern!(TAG, r"(?i)</?(?:i|b|em|strong|u|sup|sub|span|p|br|div|font|small)(?:\s[^<>]*)?/?>");
pattern!(CODE, r"`+([^`]+)`+");
pattern!(STRONG, r"(\*\*|__)(\S(?:[^*_]*?\S)?)(\*\*|__)");
pattern!(EMPHASIS, r"(^|[^\w*\\])\*([^\s*](?:[^*]*?[^\s*])?)\*($|[^\w*])");
pattern!(UNDERLINED, r"(^|[^\w_\\])_([^\s_](?:[^_]*?[^\s_])?)_($|[^\w_])");
pattern!(SEPARATOR, r"^\|?[\s:|-]*-{3,}[\s:|-]*\|?$");

/// Undoes Markdown in a line. Answers whether anything is left of it.
fn mark_up(line: &mut Line) -> bool {
    let text = line.text.clone();
    if text.starts_with('|') && text.ends_with('|') {
        if SEPARATOR.is_match(&text) {
            return false;
        }
        let cells: Vec<String> =
            text.trim_matches('|').split('|').map(|cell| inline(cell.trim())).collect();
        line.text = cells.join("\t");
        line.row = true;
        return true;
    }
    // `---` and `***` part sections.
    let ruled = text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    if ruled.len() >= 3 && ["-", "*"].iter().any(|c| ruled.replace(c, "").is_empty()) {
        return false;
    }
    let hashes = text.chars().take_while(|c| *c == '#').count();
    let mut body = text.as_str();
    if (1..=6).contains(&hashes) && body.get(hashes..).is_some_and(|rest| rest.starts_with(' ')) {
        line.heading = u8::try_from(hashes).ok();
        body = body.get(hashes..).unwrap_or_default().trim().trim_end_matches('#').trim_end();
    }
    body = body.strip_prefix("> ").unwrap_or(body);
    // Items of a list; a lettered label inside one is the item's own.
    for marker in ["- ", "+ ", "* "] {
        if let Some(rest) = body.strip_prefix(marker) {
            let labelled = crate::structure::Label::at_start(&unescape(rest)).is_some();
            let note =
                marker == "* " && rest.starts_with(|c: char| c.is_uppercase()) && line.gap > 0;
            if labelled {
                body = rest;
            } else if !note {
                line.bullet = true;
                body = rest;
            }
            break;
        }
    }
    let bold = body.starts_with("**")
        && body.trim_end_matches(['*', ' ']).len() + 2 <= body.len()
        && body.matches("**").count() == 2
        && body.trim_end().ends_with("**");
    line.bold = bold;
    line.text = inline(body);
    // Headings in markup may be bold as well.
    !line.text.is_empty()
}

/// Undoes inline markup.
fn inline(text: &str) -> String {
    // Code is kept as it stands: asterisks and quotes in it are its own.
    let mut codes: Vec<String> = Vec::new();
    let text = CODE.replace_all(text, |found: &Captures<'_>| {
        codes.push(found.get(1).map_or("", |m| m.as_str()).to_owned());
        format!("\u{F8FE}{}\u{F8FF}", codes.len() - 1)
    });
    let text = SUPERSCRIPT.replace_all(&text, |found: &Captures<'_>| {
        format!("{MARK_START}{}{MARK_END}", found.get(1).map_or("", |m| m.as_str()))
    });
    let text = REFERENCE.replace_all(&text, |found: &Captures<'_>| {
        format!("{MARK_START}{}{MARK_END}", found.get(1).map_or("", |m| m.as_str()))
    });
    let text = LINK.replace_all(&text, "$1");
    let text = TAG.replace_all(&text, "");
    // Between two bold runs without space, converters lost a line break; they are parted later.
    let text = if text.contains("****") { text } else { STRONG.replace_all(&text, "$2") };
    let text = EMPHASIS.replace_all(&text, "$1$2$3");
    let text = EMPHASIS.replace_all(&text, "$1$2$3");
    let text = UNDERLINED.replace_all(&text, "$1$2$3");
    let mut text = unescape(&text);
    for (at, code) in codes.iter().enumerate() {
        text = text.replace(&format!("\u{F8FE}{at}\u{F8FF}"), code);
    }
    text
}

/// Undoes backslashes before punctuation.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '\\' && characters.peek().is_some_and(char::is_ascii_punctuation) {
            continue;
        }
        out.push(c);
    }
    out.replace("&nbsp;", " ").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
}

/// Raised digits become marks: `2005¹` and `² See`.
fn raise_digits(text: &str) -> String {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    if !text.contains(|c| RAISED.contains(c)) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut inside = false;
    for c in text.chars() {
        let digit = RAISED.chars().position(|raised| raised == c);
        match (digit, inside) {
            (Some(_), false) => out.push(MARK_START),
            (None, true) => out.push(MARK_END),
            _ => {}
        }
        inside = digit.is_some();
        match digit.and_then(|d| char::from_digit(u32::try_from(d).unwrap_or(0), 10)) {
            Some(plain) => out.push(plain),
            None => out.push(c),
        }
    }
    if inside {
        out.push(MARK_END);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_markup() {
        let mark = |m: &str| format!("{MARK_START}{m}{MARK_END}");
        let table = [
            ("*Recordando* sus resoluciones", "Recordando sus resoluciones".to_owned()),
            ("la resolución [66/24](#) de", "la resolución 66/24 de".to_owned()),
            ("[A/RES/2131(XX)](https://x/A/RES/2131(XX))", "A/RES/2131(XX)".to_owned()),
            ("programa provisional**", "programa provisional**".to_owned()),
            ("** [A/68/150](#).", "** A/68/150.".to_owned()),
            ("Abierta<sup>1</sup> y", format!("Abierta{} y", mark("1"))),
            ("texto[^2].", format!("texto{}.", mark("2"))),
            ("`symbol:A/AC.290/*` and `\"a b\"`", "symbol:A/AC.290/* and \"a b\"".to_owned()),
            ("<i>Página</i>", "Página".to_owned()),
            ("**Tema** 94", "Tema 94".to_owned()),
            ("2 \\* 3", "2 * 3".to_owned()),
            ("snake_case_name", "snake_case_name".to_owned()),
        ];
        for (given, expected) in table {
            assert_eq!(inline(given), expected, "{given}");
        }
    }

    #[test]
    fn raised_digits() {
        assert_eq!(raise_digits("2005¹ y"), format!("2005{MARK_START}1{MARK_END} y"));
        assert_eq!(raise_digits("x¹²"), format!("x{MARK_START}12{MARK_END}"));
    }
}
