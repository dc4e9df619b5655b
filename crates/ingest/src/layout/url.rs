//! Addresses in lines.

/// Whether a line is nothing but one address.
pub(super) fn is_only_url(text: &str) -> bool {
    let starts = ["http://", "https://", "www.", "//undocs.org"];
    starts.iter().any(|start| text.starts_with(start)) && !text.contains(' ')
}

/// Whether a text ends inside an address that its next line may continue.
pub(crate) fn ends_in_url(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    let last = last.trim_start_matches(['(', '“', '«', '<']);
    (last.contains("://") || last.starts_with("www."))
        && last.ends_with(['-', '/', '_', '=', '&', '?'])
}
