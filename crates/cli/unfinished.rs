//! Files that are written under another name first, so that no half of one is ever seen.

/// A file that goes away unless it gets its name, readable by whom the user's mask allows.
pub fn file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".undex-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}
