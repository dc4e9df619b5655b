//! `undex graph`.

use std::io::{IsTerminal, Write};

use undex_query::{Direction, GraphRequest};

use crate::args::{self, Follow, GraphFormat};
use crate::exit::{Exit, Failure};
use crate::languages;
use crate::library;
use crate::reference;
use crate::terminal::{self, counted, grouped, visible};

pub fn run(options: &args::Graph) -> Result<Exit, Failure> {
    let (symbol, place) = reference::read(&options.document)?;
    if let Some(place) = place {
        return Err(Failure::error(format!(
            "a graph is drawn of documents, not of places such as {place}; give the symbol alone"
        )));
    }
    let mut request = GraphRequest::new(symbol);
    request.depth = options.depth;
    request.direction = match options.direction {
        Follow::Out => Direction::Out,
        Follow::In => Direction::In,
        Follow::Both => Direction::Both,
    };
    request.preferred.clone_from(&options.lang);
    if request.preferred.is_empty() {
        request.preferred = languages::own().into_iter().collect();
    }
    request.nodes = options.nodes;
    request.edges = options.edges;
    let graph = library::open(&options.index)?.graph(&request)?;
    let held = graph.nodes.first().is_some_and(|root| root.held);
    if graph.edges.is_empty() && !held {
        terminal::note(&format!("{} is not held, and nothing held cites it", graph.root));
        return Ok(Exit::NoHit);
    }
    let text = match options.format() {
        GraphFormat::Dot => graph.to_dot(),
        GraphFormat::Graphml => graph.to_graphml(),
        GraphFormat::Json => format!("{}\n", serde_json::to_string(&graph)?),
    };
    let mut out = terminal::output();
    // For programs it is exact; a terminal must not obey a title.
    if std::io::stdout().is_terminal() {
        write!(out, "{}", visible(&text))?;
    } else {
        write!(out, "{text}")?;
    }
    out.flush()?;
    drop(out);
    if !graph.complete {
        terminal::note(&format!(
            "not the whole graph: kept {} and {}; raise --nodes {} or --edges {}",
            counted(graph.nodes.len() as u64, "document"),
            counted(graph.edges.len() as u64, "edge"),
            grouped(options.nodes as u64),
            grouped(options.edges as u64)
        ));
    }
    Ok(Exit::Success)
}
