//! `undex tui`.

use std::io::IsTerminal;
use std::sync::Arc;

use undex_query::SearchRequest;

use crate::args::{BehindWhen, Tui};
use crate::exit::{Exit, Failure};
use crate::{library, tui};

pub fn run(options: &Tui) -> Result<Exit, Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Failure::error(
            "undex tui needs a terminal to read keys from and to draw on; `undex search` writes to files and programs",
        ));
    }
    options.conditions.check()?;
    let request = request(options)?;
    let searcher = library::open(&options.index)?;
    tui::run(searcher, &options.index.folder, request)
}

fn request(options: &Tui) -> Result<SearchRequest, Failure> {
    let mut request = SearchRequest::new(options.query.join(" "));
    options.conditions.ask_in(&mut request);
    request.sort = options.sort.into();
    request.by_document = options.group.is_some();
    request.fold = options.repeats.for_people().filter(|_| !request.by_document);
    request.related = options.related != BehindWhen::Never;
    if options.synonyms != BehindWhen::Never {
        request.thesaurus = Some(Arc::new(library::thesaurus(options.thesaurus.as_deref())?.0));
    }
    Ok(request)
}
