//! Pages that grow or nest while they are read.

use super::{ANY, Attack, LIMIT, READ, READ_OR_LIMIT, attack};

const HERON: &str = "<p>A heron stands in the reeds and waits.</p>";

pub(crate) fn attacks() -> Vec<Attack> {
    let page = |body: &str| format!("<!DOCTYPE html><html><body>{HERON}{body}</body></html>");
    let nested = |open: &str, close: &str| {
        page(&format!("{}deep{}", open.repeat(200_000), close.repeat(200_000)))
    };
    // Each paragraph opens again all that was open before it: 400 x 20,000 elements.
    let formats: String = (0..400).map(|at| format!("<b id={at}>")).collect();
    let reopened = format!("{formats}{}", "<p>x".repeat(20_000));
    let misnested = "<a><b><i><p><div></a></i></b>x".repeat(20_000);
    let attributes: String = (0..20_000).map(|at| format!(" a{at}=x")).collect();
    let spans = "<td colspan=65534 rowspan=65534>x</td>".repeat(20_000);
    vec![
        attack("divisions-200000-deep.html", nested("<div>", "</div>"), LIMIT),
        attack("tables-200000-deep.html", nested("<table><tr><td>", "</td></tr></table>"), LIMIT),
        attack("quotes-200000-deep.html", nested("<blockquote>", "</blockquote>"), LIMIT),
        attack("drawings-200000-deep.html", nested("<svg><g>", "</g></svg>"), LIMIT),
        attack("formats-reopened.html", page(&reopened), READ_OR_LIMIT),
        attack("formats-misnested.html", page(&misnested), READ_OR_LIMIT),
        attack("attributes-20000.html", page(&format!("<p{attributes}>x</p>")), LIMIT),
        attack("comment-never-ends.html", page(&format!("<!--{}", "-".repeat(2 << 20))), READ),
        attack(
            "script-never-ends.html",
            page(&format!("<script>{}", "<!--<script".repeat(200_000))),
            READ,
        ),
        attack(
            "references-million.html",
            page(&format!("<p>{}</p>", "&notit;&#x0;".repeat(15_000))),
            READ,
        ),
        attack("cells-wide.html", page(&format!("<table><tr>{spans}</tr></table>")), READ_OR_LIMIT),
        attack(
            "lists-restarted.html",
            page(&"<ol start=4294967295 type=i><li>x</ol>".repeat(30_000)),
            READ,
        ),
        attack(
            "lists-reversed.html",
            page("<ol start=-99999999999999999999 type=a reversed><li value=1e9>x<li>y</ol>"),
            READ,
        ),
        attack("elements-million.html", page(&"<p>x</p>".repeat(300_000)), LIMIT),
        attack("text-of-33-mib.html", page(&"heron ".repeat((33 << 20) / 6)), LIMIT),
        attack("titles-in-titles.html", page(&"<h1><h2>".repeat(50_000)), ANY),
    ]
}
