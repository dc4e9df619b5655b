//! The graph in the language of Graphviz.

use std::fmt::Write;

use super::{Graph, GraphNode};

/// Characters of a title in a drawing; the whole one is in the tooltip.
const TITLE: usize = 60;

impl Graph {
    /// The graph as a Graphviz `digraph`. Documents that are not held and citations that are not
    /// settled are dashed; the number at an edge is that of paragraphs.
    pub fn to_dot(&self) -> String {
        let mut out = String::from(
            "digraph citations {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n",
        );
        for node in &self.nodes {
            let symbol = quoted(&node.symbol.to_string());
            // Writing to a string does not fail.
            let _ = write!(out, "  {symbol} [label={}", quoted(&label(node)));
            if let Some(title) = &node.title {
                let _ = write!(out, ", tooltip={}", quoted(title));
            }
            if !node.held {
                out.push_str(", style=dashed");
            }
            if node.symbol == self.root {
                out.push_str(", penwidth=2");
            }
            out.push_str("];\n");
        }
        for edge in &self.edges {
            let (from, to) = (quoted(&edge.from.to_string()), quoted(&edge.to.to_string()));
            let _ = write!(out, "  {from} -> {to} [label=\"{}\"", edge.paragraphs + edge.unsettled);
            if edge.paragraphs == 0 {
                out.push_str(", style=dashed");
            }
            out.push_str("];\n");
        }
        out.push_str("}\n");
        out
    }
}

/// Symbol, year and the beginning of the title, a line each.
fn label(node: &GraphNode) -> String {
    let mut label = node.symbol.to_string();
    if let Some(date) = node.date {
        let _ = write!(label, " · {}", date.year());
    }
    if let Some(title) = &node.title {
        label.push('\n');
        label.extend(title.chars().take(TITLE));
        if title.chars().count() > TITLE {
            label.push('…');
        }
    }
    label
}

/// A text as Graphviz reads it back: what would end it or begin an escape is escaped, and control
/// characters are spaces, so that a title can neither add to the graph nor command a terminal.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
