//! `undex info`.

use std::io::Write;

use undex_document::SCHEMA;

use crate::args::Info;
use crate::exit::{Exit, Failure};
use crate::library;
use crate::terminal::{self, HEADING, counted, grouped, paint};

pub fn run(options: &Info) -> Result<Exit, Failure> {
    let info = library::open(&options.index)?.info();
    let mut out = terminal::output();
    if options.json {
        let mut value = serde_json::to_value(&info)?;
        if let Some(fields) = value.as_object_mut() {
            fields.insert("schema".to_owned(), SCHEMA.into());
        }
        writeln!(out, "{value}")?;
        return Ok(Exit::Success);
    }
    let line = |out: &mut terminal::Output, name: &str, value: &str| {
        writeln!(out, "{}  {value}", paint(&format!("{name:<10}"), HEADING))
    };
    line(&mut out, "index", &options.index.folder.display().to_string())?;
    line(
        &mut out,
        "content",
        &format!(
            "{}, {}",
            counted(info.documents, "document"),
            counted(info.paragraphs, "paragraph")
        ),
    )?;
    line(&mut out, "size", &terminal::size(info.bytes))?;
    line(
        &mut out,
        "generation",
        &format!("{}, format {}, written by undex {}", info.generation, info.format, info.undex),
    )?;
    line(&mut out, "digest", &info.digest)?;
    writeln!(out)?;
    writeln!(out, "{}", paint("language  type              documents  paragraphs", HEADING))?;
    for count in &info.counts {
        writeln!(
            out,
            "{:<8}  {:<16}  {:>9}  {:>10}",
            count.language.code(),
            count.kind.name(),
            grouped(count.documents),
            grouped(count.paragraphs)
        )?;
    }
    Ok(Exit::Success)
}
