//! What a build begins with.

use std::path::Path;

use undex_schema::{FORMAT_VERSION, Generation, Layout, OpenError, SourceHead};

use crate::{BuildError, BuildOptions};

/// The generation to continue from, and what it knows of its sources as a whole.
pub(crate) struct Previous {
    pub(crate) generation: Generation,
    pub(crate) head: SourceHead,
}

impl Previous {
    /// Reads what is known of the sources of a generation, and checks what was written to since it was
    /// complete.
    pub(crate) fn read(generation: Generation) -> Result<Self, OpenError> {
        generation.check_changed()?;
        let head = generation.source_head()?;
        Ok(Self { generation, head })
    }
}

/// The generation to continue from; or none, and why although there is an index.
pub(crate) fn previous(
    layout: &Layout,
    options: &BuildOptions,
) -> Result<(Option<Previous>, Option<String>), BuildError> {
    let opened = layout.open();
    if options.rebuild {
        let there = !matches!(opened, Err(OpenError::Missing { .. }));
        return Ok((None, there.then(|| "as asked".to_owned())));
    }
    match opened.and_then(Previous::read) {
        Ok(previous) => Ok((Some(previous), None)),
        Err(OpenError::Missing { .. }) => Ok((None, None)),
        // What is damaged or of an old format is built again beside it.
        Err(OpenError::Damaged { path, reason }) => Ok((None, Some(was_damaged(&path, &reason)))),
        Err(source @ OpenError::Incompatible { found, .. }) if found > FORMAT_VERSION => {
            Err(BuildError::Newer { source })
        }
        Err(OpenError::Incompatible { found, .. }) => Ok((
            None,
            Some(format!("the index was of format {found}, this undex writes {FORMAT_VERSION}")),
        )),
        Err(error) => Err(error.into()),
    }
}

pub(crate) fn was_damaged(path: &Path, reason: &str) -> String {
    format!("{} was damaged: {reason}", path.display())
}
