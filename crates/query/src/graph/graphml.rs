//! The graph as GraphML, which Gephi, yEd and NetworkX read.

use std::fmt::Write;

use super::Graph;
use crate::xml::escaped;

/// What stands before the documents: the names of the data at nodes and edges.
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="held" for="node" attr.name="held" attr.type="boolean"/>
  <key id="depth" for="node" attr.name="depth" attr.type="int"/>
  <key id="title" for="node" attr.name="title" attr.type="string"/>
  <key id="date" for="node" attr.name="date" attr.type="string"/>
  <key id="type" for="node" attr.name="type" attr.type="string"/>
  <key id="languages" for="node" attr.name="languages" attr.type="string"/>
  <key id="paragraphs" for="edge" attr.name="paragraphs" attr.type="int"/>
  <key id="unsettled" for="edge" attr.name="unsettled" attr.type="int"/>
  <graph id="citations" edgedefault="directed">
"#;

impl Graph {
    /// The graph as GraphML. Nodes are named by symbol.
    pub fn to_graphml(&self) -> String {
        let mut out = String::from(HEAD);
        // Writing to a string does not fail.
        for node in &self.nodes {
            let _ = writeln!(out, "    <node id=\"{}\">", escaped(&node.symbol.to_string()));
            let mut data = |key: &str, value: &str| {
                let _ = writeln!(out, "      <data key=\"{key}\">{}</data>", escaped(value));
            };
            data("held", if node.held { "true" } else { "false" });
            data("depth", &node.depth.to_string());
            if let Some(title) = &node.title {
                data("title", title);
            }
            if let Some(date) = node.date {
                data("date", &date.to_string());
            }
            if let Some(kind) = node.kind {
                data("type", kind.name());
            }
            if !node.languages.is_empty() {
                let codes: Vec<&str> = node.languages.iter().map(|one| one.code()).collect();
                data("languages", &codes.join(" "));
            }
            out.push_str("    </node>\n");
        }
        for edge in &self.edges {
            let (from, to) = (escaped(&edge.from.to_string()), escaped(&edge.to.to_string()));
            let _ = writeln!(
                out,
                "    <edge source=\"{from}\" target=\"{to}\">\n      \
                 <data key=\"paragraphs\">{}</data>\n      \
                 <data key=\"unsettled\">{}</data>\n    </edge>",
                edge.paragraphs, edge.unsettled
            );
        }
        out.push_str("  </graph>\n</graphml>\n");
        out
    }
}
