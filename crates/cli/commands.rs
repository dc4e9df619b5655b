//! One file for each command.

pub mod extract;
pub mod index;
pub mod info;
pub mod list;
pub mod manual;
pub mod search;
pub mod show;
mod text;
pub mod worker;
