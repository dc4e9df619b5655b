//! Hits as Markdown: a quotation each, under the place to cite.

use std::io::Write;

use undex_document::CitedIn;
use undex_ingest::export::{markdown_inline, markdown_opening};
use undex_query::Hit;

use crate::exit::Failure;
use crate::terminal::visible;

pub(super) fn write(out: &mut impl Write, hits: &[Hit]) -> Result<(), Failure> {
    for (at, hit) in hits.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        write_hit(out, hit)?;
    }
    Ok(())
}

fn write_hit(out: &mut impl Write, hit: &Hit) -> Result<(), Failure> {
    let document = &hit.document;
    let cite = inline(&hit.cite());
    // A symbol holds no angle bracket, and its address may hold parentheses.
    match hit.url() {
        Some(url) => writeln!(out, "### [{cite}](<{url}>)\n")?,
        None => writeln!(out, "### {cite}\n")?,
    }
    let mut facts = vec![document.language.to_string(), document.kind.to_string()];
    facts.extend(document.date.map(|date| date.to_string()));
    facts.extend(hit.paragraph.page.map(|page| format!("page {page}")));
    let facts = facts.join(" · ");
    match document.title.as_deref().map(inline) {
        Some(title) => writeln!(out, "*{}* · {facts}\n", title.trim())?,
        None => writeln!(out, "{facts}\n")?,
    }
    writeln!(out, "> {}", quoted(&hit.paragraph.text, &hit.highlights))?;
    if let CitedIn::Note(mark) = &hit.snippet.taken_from {
        let note = quoted(&hit.snippet.text, &hit.snippet.highlights);
        writeln!(out, ">\n> \\[{}\\] {note}", inline(mark))?;
    }
    if let Some(more) = hit.more.filter(|more| *more > 0) {
        writeln!(out, "\n{} of this document", crate::terminal::counted(more, "more paragraph"))?;
    }
    if let Some(repeats) = hit.repeats.filter(|repeats| *repeats > 0) {
        writeln!(out, "\n{} like it", crate::terminal::counted(repeats, "more paragraph"))?;
    }
    Ok(())
}

/// Text on one line with what matched in bold.
fn quoted(text: &str, places: &[(u32, u32)]) -> String {
    let characters: Vec<char> = text.chars().collect();
    let piece = |from: u32, to: u32| -> String {
        let range = from as usize..(to as usize).min(characters.len());
        inline(&characters.get(range).unwrap_or_default().iter().collect::<String>())
    };
    let mut out = String::new();
    let mut done = 0;
    for (start, end) in places {
        out.push_str(&piece(done, *start));
        out.push_str(&format!("**{}**", piece(*start, *end)));
        done = *end;
    }
    out.push_str(&piece(done, u32::MAX));
    markdown_opening(out.trim())
}

/// Text that Markdown takes for text, and a terminal does not obey.
fn inline(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    markdown_inline(&visible(&line))
}
