//! Builds from folders of invented documents.

mod changes;
mod content;
mod faults;
mod kept;
mod locks;
mod opening;
mod support;
