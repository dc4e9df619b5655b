//! Whatever is asked, the answer is hits or a refusal that says why.

// The helpers of tests may stop at the first surprise as the tests themselves do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;
mod hostile;

use common::{TestIndex, document};
use hostile::Hostile;
use undex_document::Language;

/// As many take a few seconds; the bench asks for many more.
const QUERIES: usize = 500;

#[test]
fn any_query_is_answered_or_refused() {
    let texts = [
        "The keepers of the security of gulls are at peace with the gulls in 2030.",
        "Los guardas de la seguridad; les États et la sécurité, A/RES/78/237.",
    ];
    let english = document("UNDEX/H/1", Language::English, "Peace", &texts);
    let spanish = document("UNDEX/H/2", Language::Spanish, "Paz", &texts);
    let index = TestIndex::new(&[&[english], &[spanish]]);
    let mut hostile = Hostile::new(1);
    let (mut answered, mut refused) = (0, 0);
    for _ in 0..QUERIES {
        let request = hostile.request();
        match index.searcher.search(&request) {
            Ok(answer) => {
                assert!(answer.hits.len() <= request.limit, "{:?}", request.query);
                answered += 1;
            }
            Err(error) => {
                assert!(error.is_query(), "{:?}: {error}", request.query);
                assert!(!error.to_string().is_empty());
                refused += 1;
            }
        }
    }
    // Both happen, or the queries were not what they are meant to be.
    assert!(answered > QUERIES / 5 && refused > QUERIES / 5, "{answered} {refused}");
}
