//! A bound on the memory of documents that wait to be written.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use undex_schema::tantivy::{Document, TantivyDocument};

/// How long to wait before looking whether the build has been given up.
const PATIENCE: Duration = Duration::from_millis(100);

/// Bytes that may be on their way at once. The engine takes up to 10,000 batches into its queue
/// whatever their size, which could be a whole corpus.
#[derive(Debug)]
pub(crate) struct Budget {
    bound: usize,
    used: Mutex<usize>,
    freed: Condvar,
}

/// A share of a [`Budget`], given back when dropped.
#[derive(Debug)]
pub(crate) struct Share {
    budget: Arc<Budget>,
    bytes: usize,
}

/// An engine document with a share of the budget that is given back when the engine has taken the
/// document out of its queue.
#[derive(Debug)]
pub(crate) struct Metered {
    document: TantivyDocument,
    _share: Arc<Share>,
}

impl Budget {
    pub(crate) fn new(bound: usize) -> Arc<Self> {
        Arc::new(Self { bound, used: Mutex::new(0), freed: Condvar::new() })
    }

    /// Waits until there is room; `None` when the build was given up meanwhile. What is larger than
    /// the whole budget goes alone.
    pub(crate) fn share(
        self: &Arc<Self>,
        bytes: usize,
        given_up: impl Fn() -> bool,
    ) -> Option<Share> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        while *used > 0 && used.saturating_add(bytes) > self.bound {
            if given_up() {
                return None;
            }
            used =
                self.freed.wait_timeout(used, PATIENCE).unwrap_or_else(PoisonError::into_inner).0;
        }
        *used = used.saturating_add(bytes);
        Some(Share { budget: Arc::clone(self), bytes })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut used = self.budget.used.lock().unwrap_or_else(PoisonError::into_inner);
        *used = used.saturating_sub(self.bytes);
        self.budget.freed.notify_all();
    }
}

impl Metered {
    pub(crate) fn new(document: TantivyDocument, share: Arc<Share>) -> Self {
        Self { document, _share: share }
    }
}

impl Document for Metered {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }

    fn into_tantivy_document(self) -> TantivyDocument {
        self.document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_given_back() {
        let budget = Budget::new(10);
        let first = budget.share(6, || false).unwrap();
        assert!(budget.share(5, || true).is_none(), "no room, and given up");
        drop(first);
        let large = budget.share(1_000, || false).unwrap();
        assert!(budget.share(1, || true).is_none(), "what is too large goes alone");
        drop(large);
        assert!(budget.share(10, || true).is_some());
    }
}
