//! `undex tui`.

use std::io::IsTerminal;

use undex_query::SearchRequest;

use crate::args::{RelatedWhen, Tui};
use crate::exit::{Exit, Failure};
use crate::{library, tui};

pub fn run(options: &Tui) -> Result<Exit, Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Failure::error(
            "undex tui needs a terminal to read keys from and to draw on; `undex search` writes to files and programs",
        ));
    }
    options.conditions.check()?;
    let searcher = library::open(&options.index)?;
    tui::run(searcher, &options.index.folder, request(options))
}

fn request(options: &Tui) -> SearchRequest {
    let mut request = SearchRequest::new(options.query.join(" "));
    options.conditions.ask_in(&mut request);
    request.sort = options.sort.into();
    request.by_document = options.group.is_some();
    request.related = options.related != RelatedWhen::Never;
    request
}
