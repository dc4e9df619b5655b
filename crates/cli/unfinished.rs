//! Files that are written under another name first, so that no half of one is ever seen.

use std::io::Write;
use std::path::Path;

use crate::exit::Failure;

/// Writes a file, which is then there as a whole or as it was.
pub fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    let failure = |error: std::io::Error| {
        Failure::error(format!("{}: cannot be written: {error}", path.display()))
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut file = file().tempfile_in(folder).map_err(failure)?;
    file.write_all(content).map_err(failure)?;
    file.persist(path).map_err(|error| failure(error.error))?;
    Ok(())
}

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
