//! `undex index`.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::Serialize;
use undex_document::SCHEMA;
use undex_indexer::{BuildOptions, BuildReport, ExtractIn, Silent, build, check};
use undex_schema::Outcome;

use super::worker;
use crate::args::{Index, ReportFormat};
use crate::exit::{Exit, Failure};
use crate::interrupt::stop_on_interrupt;
use crate::library;
use crate::progress::Bar;
use crate::terminal::{self, counted, grouped, visible};

/// Lines of one kind shown on a terminal; the rest is counted.
const SHOWN: usize = 20;

pub fn run(options: &Index) -> Result<Exit, Failure> {
    let mut build_options = BuildOptions::new(&options.paths, &options.index.folder);
    build_options.catalogue = library::catalogue_for(&options.paths, options.catalogue.as_deref());
    build_options.changed = options.changed.as_deref().map(changed_files).transpose()?;
    build_options.limits = library::limits(&options.limits)?;
    build_options.extract_in = ExtractIn::Workers(worker::program()?);
    build_options.threads = options.threads;
    build_options.memory_bytes = options.memory.saturating_mul(1 << 20);
    build_options.kept_bytes = options.keep.saturating_mul(1 << 20);
    build_options.rebuild = options.rebuild;
    build_options.report_settled = options.report.is_some();
    stop_on_interrupt(&build_options.stop)?;
    if options.check {
        return up_to_date(&build_options, options);
    }
    let report = if options.quiet {
        build(&build_options, &Silent)?
    } else {
        let bar = Bar::new();
        let report = build(&build_options, &bar);
        bar.finish();
        report?
    };
    write_report(options, &report)?;
    if report.removed == 0 {
        warn_of_list(options, &build_options);
    }
    if !options.quiet {
        tell(&report);
    }
    for source in &report.sources {
        if let Some(Outcome::Failed { message, .. }) = &source.outcome {
            terminal::error(message);
        }
    }
    Ok(if report.failed > 0 { Exit::Error } else { Exit::Success })
}

/// The files that a list names, one a line or each with a NUL behind it.
fn changed_files(list: &Path) -> Result<Vec<PathBuf>, Failure> {
    let text = library::list_text(list)?;
    let between = if text.contains('\0') { '\0' } else { '\n' };
    let names = text.split(between).map(|name| name.trim_end_matches('\r'));
    let named = names.filter(|name| !name.is_empty()).map(|name| match name.starts_with('"') {
        // Git writes other letters than those of English so, and the file would be passed over.
        true => Err(Failure::error(format!(
            "{}: {name} is in quotation marks; list files with `git diff -z --relative --name-only`",
            list.display()
        ))),
        false => Ok(PathBuf::from(name)),
    });
    named.collect()
}

/// Says so when nothing that a list names is there: it was likely made in another folder.
fn warn_of_list(options: &Index, build_options: &BuildOptions) {
    let (Some(list), Some(changed)) = (&options.changed, &build_options.changed) else { return };
    if !changed.is_empty() && changed.iter().all(|path| !path.exists()) {
        terminal::warning(&format!(
            "{}: {} listed and not there; list files from this folder, as `git diff --relative` does",
            list.display(),
            counted(changed.len() as u64, "file"),
        ));
    }
}

/// Writes a report to standard output, where one is asked for.
fn write_report(options: &Index, report: &impl Serialize) -> Result<(), Failure> {
    if options.report == Some(ReportFormat::Json) {
        let mut line = serde_json::to_value(report)?;
        if let Some(fields) = line.as_object_mut() {
            fields.insert("schema".to_owned(), SCHEMA.into());
        }
        writeln!(std::io::stdout().lock(), "{line}")?;
    }
    Ok(())
}

fn up_to_date(build_options: &BuildOptions, options: &Index) -> Result<Exit, Failure> {
    let report = check(build_options)?;
    write_report(options, &report)?;
    if report.up_to_date {
        warn_of_list(options, build_options);
    }
    if report.up_to_date {
        if !options.quiet {
            terminal::note(&format!("{} is up to date", options.index.folder.display()));
        }
        return Ok(Exit::Success);
    }
    if options.report.is_none() {
        let mut out = std::io::stdout().lock();
        for difference in &report.differences {
            writeln!(out, "{}", visible(&difference.message))?;
        }
    }
    terminal::note(&format!(
        "{} is not up to date; run `undex index`",
        options.index.folder.display()
    ));
    Ok(Exit::Index)
}

/// What the build did, for people.
fn tell(report: &BuildReport) {
    let index = report.index.display();
    let mut held = format!(
        "{} and {} in {index}, generation {}",
        counted(report.documents, "document"),
        counted(report.paragraphs, "paragraph"),
        report.generation
    );
    // Otherwise the sources would seem not to add up.
    for (number, what) in [(report.failed, "failed"), (report.skipped, "skipped")] {
        if number > 0 {
            held.push_str(&format!("; {} {what}", counted(number, "source")));
        }
    }
    if report.published {
        let mut done = Vec::new();
        for (number, what) in
            [(report.added, "added"), (report.changed, "changed"), (report.removed, "removed")]
        {
            if number > 0 {
                done.push(format!("{} {what}", counted(number, "source")));
            }
        }
        let mut done = if done.is_empty() { "built anew".to_owned() } else { done.join(", ") };
        done.push_str(&format!(" in {:.1} s", report.seconds));
        if report.reused > 0 {
            done.push_str(&format!(", {} from earlier extractions", grouped(report.reused)));
        }
        if let Some(reason) = &report.anew {
            terminal::note(&format!("everything was written anew: {reason}"));
        }
        terminal::note(&format!("{done}; {held}"));
        if let Some(trouble) = &report.not_kept {
            terminal::warning(trouble);
        }
        if let Some(needed) = report.memory_needed {
            terminal::warning(&format!(
                "the memory given is too small for so many sources, and more was taken: give \
                 --memory {} or more",
                needed.div_ceil(1 << 20)
            ));
        }
    } else {
        terminal::note(&format!("nothing changed; {held}"));
    }
    let mut lines: Vec<String> = Vec::new();
    let mut duplicates: Vec<String> = Vec::new();
    // What is as it was and in the index was told when it was read.
    for source in report.sources.iter().filter(|source| !source.is_settled()) {
        match &source.outcome {
            Some(Outcome::Skipped { message, .. }) => lines.push(message.clone()),
            Some(Outcome::Duplicate { document, of }) => {
                duplicates.push(format!("{}: {document} is held from {of}", source.path));
            }
            _ => {}
        }
        let warnings = source.warnings.iter();
        lines.extend(warnings.map(|warning| format!("{}: {}", source.path, warning.message)));
    }
    for line in lines.iter().take(SHOWN) {
        terminal::warning(line);
    }
    if lines.len() > SHOWN {
        terminal::warning(&format!("and {} more; see --report json", lines.len() - SHOWN));
    }
    if !duplicates.is_empty() {
        terminal::note(&format!(
            "{} not taken, because another has the same symbol and language; if two are different documents, state the symbol of one in FILE.meta.toml:",
            counted(duplicates.len() as u64, "source")
        ));
        for line in duplicates.iter().take(SHOWN) {
            terminal::note(&format!("  {line}"));
        }
        if duplicates.len() > SHOWN {
            terminal::note(&format!("  and {} more; see --report json", duplicates.len() - SHOWN));
        }
    }
}
