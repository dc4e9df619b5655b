//! What belongs to the page and not to the text: running heads, page and job numbers, link lists.

use std::collections::{HashMap, HashSet};
use undex_document::{PrintedSymbol, Symbol};

use super::Line;
use super::footnotes::is_rule;
use super::page_number::{EDGE, is_page_text};
use super::url::is_only_url;
use crate::structure::words::fold;

/// What the sweep found out on the way.
#[derive(Clone, Debug, Default)]
pub(super) struct Swept {
    /// The symbol in the running head.
    pub running_symbol: Option<PrintedSymbol>,
}

/// Removes page furniture. A line that follows furniture begins a page.
pub(super) fn sweep(lines: Vec<Line>) -> (Vec<Line>, Swept) {
    let mut swept = Swept::default();
    let lines = sweep_edges(lines, &mut swept);
    let paged = lines.last().is_some_and(|line| line.page > 0);
    let repeated = repeated_heads(&lines);
    let mut symbols: HashMap<PrintedSymbol, usize> = HashMap::new();
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    let mut page_start = false;
    let mut iter = lines.into_iter().peekable();
    let mut at = 0usize;
    while let Some(mut line) = iter.next() {
        at += 1;
        let first_lines = at <= 8;
        let text = line.text.as_str();
        if !line.row && is_page_line(text, &line) {
            page_start = true;
            continue;
        }
        if is_symbol_line(text) && !first_lines {
            // The running head; in the first lines it is the masthead's own.
            let next_is_page = iter.peek().is_some_and(|next| is_page_line(&next.text, next));
            let known = symbol_of(text).is_some_and(|symbol| symbols.contains_key(&symbol));
            if next_is_page || known || repeated.contains_key(&fold(text)) || page_start {
                if let Some(symbol) = symbol_of(text) {
                    *symbols.entry(symbol).or_insert(0) += 1;
                }
                page_start = true;
                continue;
            }
        }
        if is_only_url(text) && !line.whole {
            // Link lists that converters append to pages repeat what the text names; an address
            // that ends a sentence of its own belongs to the text.
            if !text.ends_with('.') && kept.last().is_none_or(|last| ends_page(last) || page_start)
            {
                page_start = true;
                continue;
            }
        }
        if repeated.contains_key(&fold(text)) && !first_lines && line.heading.is_none() && !line.row
        {
            page_start = true;
            continue;
        }
        // Where pages are told apart, furniture in the middle of one begins no page.
        let same_page = paged && kept.last().is_some_and(|last| last.page == line.page);
        line.page_start |= page_start && !same_page;
        page_start = false;
        kept.push(line);
    }
    let running = symbols
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))
        .map(|(symbol, _)| symbol);
    swept.running_symbol = swept.running_symbol.or(running);
    (kept, swept)
}

/// Where pages are told apart: what stands at the edge of a page and at the same edge of another, and
/// at the top of later pages the symbol and the title of the first.
fn sweep_edges(lines: Vec<Line>, swept: &mut Swept) -> Vec<Line> {
    if lines.last().is_none_or(|line| line.page == 0) {
        return lines;
    }
    let edges = edges(&lines);
    let key = |text: &str| -> String {
        fold(text)
            .chars()
            .map(|c| if c.is_ascii_digit() { '#' } else { c })
            .filter(|c| *c != ' ')
            .collect()
    };
    let mut pages: HashMap<(bool, String), HashSet<usize>> = HashMap::new();
    for (line, edge) in lines.iter().zip(&edges) {
        if let Some(top) = edge {
            pages.entry((*top, key(&line.text))).or_default().insert(line.page);
        }
    }
    let head: String =
        lines.iter().filter(|l| l.page == 0).take(30).map(|l| letters(&l.text)).collect();
    let mut symbols: HashMap<PrintedSymbol, usize> = HashMap::new();
    let (mut page, mut under_rule) = (0, false);
    let furniture: Vec<bool> = lines
        .iter()
        .zip(&edges)
        .map(|(line, edge)| {
            if page != line.page {
                (page, under_rule) = (line.page, false);
            }
            under_rule |= is_rule(&line.text);
            let Some(top) = *edge else { return false };
            if top && line.page == 0 || is_rule(&line.text) {
                return false;
            }
            // Numbers and symbols under the rule are notes.
            if under_rule && !top {
                return is_page_text(&line.text);
            }
            if is_symbol_line(&line.text) {
                if let Some(symbol) = symbol_of(&line.text) {
                    *symbols.entry(symbol).or_insert(0) += 1;
                }
                return true;
            }
            let repeats = pages.get(&(top, key(&line.text))).map_or(0, HashSet::len);
            let titled =
                top && letters(&line.text).len() >= 6 && head.contains(&letters(&line.text));
            is_page_text(&line.text) || repeats >= 2 && !line.is_terminated() || titled
        })
        .collect();
    let furniture = reaching_edge(&lines, furniture);
    let mut kept = Vec::with_capacity(lines.len());
    let mut page_start = false;
    for (mut line, furniture) in lines.into_iter().zip(furniture) {
        if furniture {
            page_start |= line.page_start;
            continue;
        }
        line.page_start |= std::mem::take(&mut page_start);
        kept.push(line);
    }
    swept.running_symbol = symbols
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))
        .map(|(s, _)| s);
    kept
}

/// Only what nothing else parts from the edge of its page is furniture: a line of text ends it.
fn reaching_edge(lines: &[Line], furniture: Vec<bool>) -> Vec<bool> {
    let mut out = vec![false; furniture.len()];
    let mut reach = |order: &mut dyn Iterator<Item = usize>| {
        let mut page = None;
        let mut open = true;
        for at in order {
            let here = lines.get(at).map(|line| line.page);
            if here != page {
                (page, open) = (here, true);
            }
            open &= furniture.get(at).copied().unwrap_or(false);
            if let Some(slot) = out.get_mut(at) {
                *slot |= open;
            }
        }
    };
    reach(&mut (0..lines.len()));
    reach(&mut (0..lines.len()).rev());
    out
}

/// For each line whether it is at the top (true) or foot (false) of its page, or neither.
fn edges(lines: &[Line]) -> Vec<Option<bool>> {
    let mut out = vec![None; lines.len()];
    let mut start = 0;
    while let Some(page) = lines.get(start).map(|line| line.page) {
        let end = start + lines.iter().skip(start).take_while(|line| line.page == page).count();
        // The top first, so that the lines of a short page are not taken for its foot.
        for at in end.saturating_sub(EDGE).max(start)..end {
            if let Some(slot) = out.get_mut(at) {
                *slot = Some(false);
            }
        }
        for at in start..(start + EDGE).min(end) {
            if let Some(slot) = out.get_mut(at) {
                *slot = Some(true);
            }
        }
        start = end;
    }
    out
}

/// The letters and digits of a text, folded.
pub(crate) fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A link list stands after the last line of a page, which may break off anywhere.
fn ends_page(last: &Line) -> bool {
    !last.text.ends_with([':', '-', '(', '/']) || last.text.is_empty()
}

fn is_page_line(text: &str, line: &Line) -> bool {
    !line.bullet && line.heading.is_none() && is_page_text(text)
}

fn symbol_of(text: &str) -> Option<PrintedSymbol> {
    // A page may come again without its asterisks.
    Symbol::read_printed(text.trim_end_matches('*')).ok()
}

/// The symbol that a line of a running head is.
pub(crate) fn running_symbol(text: &str) -> Option<PrintedSymbol> {
    if is_symbol_line(text) { symbol_of(text) } else { None }
}

fn is_symbol_line(text: &str) -> bool {
    text.len() < 60 && text.contains('/') && symbol_of(text).is_some()
}

/// Short lines that stand three times or more directly beside page lines: running titles.
fn repeated_heads(lines: &[Line]) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for pair in lines.windows(2) {
        let [a, b] = pair else { continue };
        let (head, page) = if is_page_line(&b.text, b) { (a, b) } else { (b, a) };
        let short = head.text.chars().count() <= 100 && !head.is_terminated();
        if is_page_line(&page.text, page) && short && !is_page_line(&head.text, head) {
            *counts.entry(fold(&head.text)).or_insert(0) += 1;
        }
    }
    counts.retain(|text, count| *count >= 3 && !text.is_empty());
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(lines: &[&str]) -> Vec<String> {
        let filler = (0..9).map(|n| Line::plain(&format!("Line {n} of the text"), 0));
        let lines = filler.chain(lines.iter().map(|l| Line::plain(l, 0))).collect();
        sweep(lines).0.into_iter().skip(9).map(|l| l.text).collect()
    }

    #[test]
    fn furniture_goes() {
        // (lines, kept, why)
        let table: [(&[&str], &[&str], &str); 7] = [
            (
                &["como el", "UNDEX/1/L.2", "20-17553 5/22", "progreso"],
                &["como el", "progreso"],
                "running head and job number",
            ),
            (&["uno", "12/40", "dos"], &["uno", "dos"], "page of pages"),
            (
                &["uno.", "https://undocs.org/es/A/RES/73/27", "dos"],
                &["uno.", "dos"],
                "a link list",
            ),
            (
                &["disponible en", "https://example.org/informe."],
                &["disponible en", "https://example.org/informe."],
                "an address that ends a sentence",
            ),
            (
                &["resolución", "73/27 de la Asamblea"],
                &["resolución", "73/27 de la Asamblea"],
                "a resolution number",
            ),
            (&["- 7 -", "texto"], &["texto"], "page number between dashes"),
            (&["en 1998-2000", "texto"], &["en 1998-2000", "texto"], "years"),
        ];
        for (lines, expected, why) in table {
            assert_eq!(kept(lines), expected, "{why}");
        }
    }

    #[test]
    fn the_running_symbol_is_found() {
        let mut lines: Vec<Line> = (0..9).map(|n| Line::plain(&format!("Line {n}"), 0)).collect();
        lines.push(Line::plain("UNDEX/AC.1/2021/L.2", 1));
        lines.push(Line::plain("20-17553 5/22", 1));
        let (_, swept) = sweep(lines);
        assert_eq!(swept.running_symbol.unwrap().symbol.as_str(), "UNDEX/AC.1/2021/L.2");
    }
}
