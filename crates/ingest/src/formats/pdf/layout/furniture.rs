//! What belongs to the page: running heads, page and job numbers, the words of the imprint. It
//! stands at the edge of its page and comes again on others.

use std::collections::{HashMap, HashSet};

use undex_document::PrintedSymbol;

use super::rows::Row;
use super::segments::Segment;
use super::sheet::Sheet;
use crate::layout::{is_job_number, is_page_text, letters, running_symbol, terminated};
use crate::normal_form::MARK_START;
use crate::structure::words::fold;

/// The shares of a page's height at its top and foot in which furniture stands.
const TOP: f32 = 0.16;
const FOOT: f32 = 0.88;

/// Where the foot begins for a job number.
const JOB_FOOT: f32 = 0.5;

/// Places of one text that are looked at.
const PLACES: usize = 4_096;

/// How far above or below a running line may stand on another page, in points.
const DRIFT: f32 = 4.0;

/// The rule under a running head is at least this share of the page's width.
const HEAD_RULE: f32 = 0.5;

/// The most lines of a running head.
const HEAD_ROWS: usize = 4;

/// Rows of the first page in which a running title is looked for.
const FIRST_ROWS: usize = 40;

/// Letters that a running title needs to be told from a word of the text.
const TITLE_LETTERS: usize = 6;

/// What says at the foot of a page that the text goes on.
const CONTINUED: [&str; 2] = ["/...", "/…"];

/// The words of the imprint, folded.
const IMPRINT: [&str; 8] = [
    "please recycle",
    "se ruega reciclar",
    "merci de recycler",
    "veuillez recycler",
    "reciclese",
    "accessible document",
    "documento accesible",
    "document accessible",
];

/// Removes the furniture of every page. Answers the symbol of the running heads.
pub(super) fn sweep(sheets: &mut [Sheet]) -> Option<PrintedSymbol> {
    let running = Running::of(sheets);
    let mut symbols: HashMap<PrintedSymbol, usize> = HashMap::new();
    for (at, sheet) in sheets.iter_mut().enumerate() {
        let head_rule = if at == 0 { None } else { head_rule(sheet) };
        let furniture: Vec<bool> = sheet
            .rows
            .iter()
            .map(|row| {
                if head_rule.is_some_and(|y| row.y < y) {
                    return true;
                }
                // Documents of the time of typewriters end before their foot.
                if CONTINUED.contains(&row.text().trim()) {
                    return true;
                }
                let segments = row.segments.iter();
                !row.segments.is_empty()
                    && segments
                        .clone()
                        .all(|s| running.has(s, row, sheet, at == 0, head_rule.is_some()))
            })
            .collect();
        let keep = reached(&set_off(furniture, sheet, |segment| running.is_known(segment)));
        if at > 0 {
            let gone = sheet.rows.iter().zip(&keep).filter(|(_, keep)| !**keep);
            for segment in gone.flat_map(|(row, _)| &row.segments) {
                if let Some(symbol) = running_symbol(&segment.text) {
                    *symbols.entry(symbol).or_insert(0) += 1;
                }
            }
        }
        let mut keep = keep.into_iter();
        sheet.rows.retain(|_| keep.next().unwrap_or(true));
    }
    symbols.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0))).map(|(s, _)| s)
}

/// How far below the text the foot of a page stands at least, over the size of its letters.
const SET_OFF: f32 = 1.8;

/// Takes for furniture no row at the foot of a page that follows the text as its next line would, unless its
/// own words tell: a table's last row may say the same on several pages.
fn set_off(
    mut furniture: Vec<bool>,
    sheet: &Sheet,
    is_known: impl Fn(&Segment) -> bool,
) -> Vec<bool> {
    let foot = furniture.iter().rev().take_while(|is| **is).count();
    for at in furniture.len() - foot..furniture.len() {
        let (Some(row), Some(above)) = (sheet.rows.get(at), at.checked_sub(1)) else { break };
        let Some(above) = sheet.rows.get(above) else { break };
        let apart = row.y - above.y > SET_OFF * row.size.max(above.size);
        if apart || row.segments.iter().all(&is_known) || row.y < FOOT * sheet.height {
            break;
        }
        if let Some(is) = furniture.get_mut(at) {
            *is = false;
        }
    }
    furniture
}

/// Furniture is what no line of text parts from the edge of the page. True is kept.
fn reached(furniture: &[bool]) -> Vec<bool> {
    let top = furniture.iter().take_while(|is| **is).count();
    let foot = furniture.iter().rev().take_while(|is| **is).count();
    (0..furniture.len()).map(|at| at >= top && at + foot < furniture.len()).collect()
}

/// The rule under the running head.
fn head_rule(sheet: &Sheet) -> Option<f32> {
    let rule = sheet
        .rules
        .iter()
        .find(|rule| rule.y < TOP * sheet.height && rule.width() > HEAD_RULE * sheet.width)?;
    let above: Vec<&Row> = sheet.rows.iter().filter(|row| row.y < rule.y).collect();
    let named = above
        .iter()
        .flat_map(|row| &row.segments)
        .any(|s| running_symbol(&s.text).is_some() || is_page_text(&s.text));
    (above.len() <= HEAD_ROWS && named).then_some(rule.y)
}

/// What comes again on several pages.
struct Running {
    /// Text without its numbers, and the heights at which it stands, by page.
    places: HashMap<String, Vec<(u32, f32)>>,
    /// Pages that a text needs to come again on.
    needed: usize,
    /// The letters of the first page's head.
    head: String,
}

impl Running {
    fn of(sheets: &[Sheet]) -> Self {
        let mut places: HashMap<String, Vec<(u32, f32)>> = HashMap::new();
        for sheet in sheets {
            for row in sheet.rows.iter().filter(|row| in_zone(row, sheet)) {
                for segment in &row.segments {
                    places.entry(key(&segment.text)).or_default().push((sheet.number, row.y));
                }
            }
        }
        let head = sheets
            .first()
            .map(|sheet| {
                let rows = sheet.rows.iter().take(FIRST_ROWS).filter(|row| row.leader.is_none());
                rows.map(|row| letters(&row.text())).collect()
            })
            .unwrap_or_default();
        Self { places, needed: if sheets.len() > 3 { 3 } else { 2 }, head }
    }

    fn has(&self, segment: &Segment, row: &Row, sheet: &Sheet, first: bool, ruled: bool) -> bool {
        // On the first page the masthead is in what the file calls the running head.
        if segment.artifact && !(first && row.y < FOOT * sheet.height) {
            return true;
        }
        let text = segment.text.as_str();
        if !in_zone(row, sheet) {
            // On short first pages it stands a little higher.
            return first && row.y > JOB_FOOT * sheet.height && is_job_number(text);
        }
        let top = row.y < TOP * sheet.height;
        if first && top {
            return false;
        }
        if self.is_known(segment) {
            return true;
        }
        // Under the rule of the running head, headings and the heads of a table's columns stand.
        if top && ruled {
            return false;
        }
        if top && running_symbol(text).is_some() {
            return true;
        }
        let own = letters(text);
        if top && own.len() >= TITLE_LETTERS && self.head.contains(&own) {
            return true;
        }
        // Notes on several pages may be alike but for their numbers.
        let note = row.segments.first().is_some_and(|s| s.text.starts_with(MARK_START));
        !note && !terminated(text) && self.repeats(text, row.y)
    }

    /// Whether its words alone tell it, or the file says so.
    fn is_known(&self, segment: &Segment) -> bool {
        segment.artifact || is_page_text(&segment.text) || is_imprint(&segment.text)
    }

    fn repeats(&self, text: &str, y: f32) -> bool {
        let places = self.places.get(&key(text)).map_or(&[][..], Vec::as_slice);
        let pages: HashSet<u32> = places
            .iter()
            .take(PLACES)
            .filter(|(_, other)| (other - y).abs() <= DRIFT)
            .map(|(page, _)| *page)
            .collect();
        pages.len() >= self.needed
    }
}

fn is_imprint(text: &str) -> bool {
    let folded = fold(text);
    IMPRINT.iter().any(|words| folded.starts_with(words))
}

fn in_zone(row: &Row, sheet: &Sheet) -> bool {
    row.y < TOP * sheet.height || row.y > FOOT * sheet.height
}

/// A text without its numbers, which differ from page to page.
fn key(text: &str) -> String {
    fold(text)
        .chars()
        .map(|c| if c.is_ascii_digit() { '#' } else { c })
        .filter(|c| *c != ' ')
        .collect()
}
