//! Files, folders and programs that do not behave.

use std::fs;
use std::sync::atomic::Ordering;

use undex_document::Language;
use undex_schema::{Generation, OpenError, Outcome, parts_digest};

use super::support::{Fixture, documents, listing, ranking, write_manifest};
use crate::{BuildError, check};

#[test]
fn a_bad_file_costs_itself() {
    let fixture = Fixture::new();
    fixture.write("good.txt", "UNDEX/A/1 en\ntext");
    fixture.write("odd.bin", "unknown");
    fixture.write("bad.txt", "panic");
    fixture.write("broken.zip", b"PK\x03\x04 and nothing more");
    fixture.write_zip("a.zip", &[("inner.zip", b"PK\x03\x04"), ("1.txt", b"UNDEX/A/2 en\ntext")]);
    let report = fixture.build();
    assert_eq!((report.documents, report.skipped, report.failed), (2, 1, 3));
    let codes: Vec<(String, String)> = report
        .sources
        .iter()
        .filter_map(|source| match &source.outcome {
            Some(Outcome::Failed { code, .. } | Outcome::Skipped { code, .. }) => {
                let name = source.path.rsplit('/').next().unwrap().to_owned();
                Some((name, code.clone()))
            }
            _ => None,
        })
        .collect();
    let expected = [
        ("a.zip!inner.zip", "nested-archive"),
        ("bad.txt", "crashed"),
        ("broken.zip", "malformed"),
        ("odd.bin", "unknown-format"),
    ];
    assert_eq!(codes, expected.map(|(name, code)| (name.to_owned(), code.to_owned())));
    assert!(!fixture.build().published, "they are not tried again until they change");
    assert_eq!(fixture.build().failed, 3, "but still reported");
}

#[test]
fn files_above_the_limit_are_not_read_to_the_end() {
    let mut fixture = Fixture::new();
    fixture.write("a.txt", format!("UNDEX/A/1 en\n{}", "word ".repeat(100)));
    fixture.options.limits.file_bytes = 50;
    assert_eq!(fixture.build().failed, 1);
    fixture.options.limits.file_bytes = 5_000;
    let report = fixture.build();
    assert_eq!((report.failed, report.documents), (0, 1), "a raised limit is tried at once");
}

#[test]
#[cfg(unix)]
fn links_and_pipes_are_left_alone() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\ntext");
    std::os::unix::fs::symlink(fixture.path("a.txt"), fixture.path("link.txt")).unwrap();
    std::os::unix::fs::symlink("/", fixture.path("everything")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(fixture.path("socket")).unwrap();
    let report = fixture.build();
    assert_eq!((report.added, report.documents), (1, 1));
}

#[test]
fn what_is_no_index_is_not_written_to() {
    let fixture = Fixture::new();
    fs::create_dir(&fixture.options.index).unwrap();
    fs::write(fixture.options.index.join("thesis.doc"), "years of work").unwrap();
    let before = listing(&fixture.options.index);
    let error = fixture.try_build().unwrap_err();
    assert!(matches!(error, BuildError::NotAnIndex { .. }), "{error}");
    assert_eq!(listing(&fixture.options.index), before);
}

#[test]
fn an_input_that_is_not_there_is_told() {
    let mut fixture = Fixture::new();
    fixture.options.inputs.push("no/such/folder".into());
    let error = fixture.try_build().unwrap_err();
    assert!(matches!(error, BuildError::Input { .. }), "{error}");
    assert!(!fixture.options.index.join("CURRENT").exists());
}

#[test]
fn a_stopped_build_leaves_the_old_generation() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\ntext");
    fixture.build();
    let before = listing(&fixture.options.index);
    fixture.write("b.txt", "UNDEX/A/2 en\ntext");
    fixture.options.stop.store(true, Ordering::Relaxed);
    let error = fixture.try_build().unwrap_err();
    assert!(matches!(error, BuildError::Interrupted), "{error}");
    assert_eq!(listing(&fixture.options.index), before);
    fixture.options.stop.store(false, Ordering::Relaxed);
    assert_eq!(fixture.build().documents, 2);
}

#[test]
fn leftovers_of_a_killed_build_are_cleared() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\ntext");
    fixture.build();
    // Killed while writing, and killed between completing and putting in use.
    fs::create_dir(fixture.options.index.join("tmp-gen-000002")).unwrap();
    fs::create_dir(fixture.layout().generation_path(2)).unwrap();
    fixture.write("b.txt", "UNDEX/A/2 en\ntext");
    let report = fixture.build();
    assert_eq!(report.generation, 3);
    let mut names: Vec<String> = fs::read_dir(&fixture.options.index)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["CURRENT", "extractions", "gen-000001", "gen-000003", "writer.lock"]);
}

#[test]
fn readers_keep_the_generation_they_opened() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\nsecurity");
    fixture.build();
    let before = listing(&fixture.options.index);
    let opened = fixture.open();
    let hits = ranking(&opened, "security", Language::English);
    assert_eq!(listing(&fixture.options.index), before, "reading writes nothing");
    for number in 2..6 {
        fixture.write("a.txt", format!("UNDEX/A/{number} en\nother words"));
        fixture.build();
    }
    assert!(!opened.path().exists());
    assert_eq!(ranking(&opened, "security", Language::English), hits);
    assert_eq!(documents(&fixture.open()), ["UNDEX/A/5@en"]);
}

#[test]
fn damage_is_found_and_built_over() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\ntext");
    let report = fixture.build();
    let generation = fixture.open();
    let damaged = |generation: &Generation| generation.manifest().check_files(generation.path());
    assert!(damaged(&generation).is_empty());
    let names: Vec<String> =
        generation.manifest().files.iter().map(|file| file.name.clone()).collect();
    for name in names {
        let path = generation.path().join(&name);
        let content = fs::read(&path).unwrap();
        // Not through the file's own name, which other generations share.
        let replace = |content: &[u8]| {
            fs::remove_file(&path).unwrap();
            fs::write(&path, content).unwrap();
        };
        if let Some(last) = content.last() {
            let mut altered = content.clone();
            *altered.last_mut().unwrap() = last ^ 1;
            replace(&altered);
            assert_eq!(damaged(&generation).len(), 1, "{name} altered");
        }
        replace(&[&content[..], b" "].concat());
        let error = fixture.layout().open().unwrap_err();
        assert!(matches!(error, OpenError::Damaged { .. }), "{name}: {error}");
        replace(&content);
    }
    fs::remove_file(generation.path().join("meta.json")).unwrap();
    let found = check(&fixture.options).unwrap();
    assert_eq!(found.differences[0].code, "damaged");
    let again = fixture.build();
    assert_eq!((again.generation, again.digest), (2, report.digest));
}

#[test]
fn other_formats_are_told() {
    let mut fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\ntext");
    fixture.build();
    let layout = fixture.layout();
    let set = |number, manifest: &str| write_manifest(&layout.generation_path(number), manifest);
    set(1, r#"{"format":0}"#);
    assert_eq!(check(&fixture.options).unwrap().differences[0].code, "format");
    assert_eq!(fixture.build().generation, 2, "an old one is built again");

    set(2, r#"{"format":999}"#);
    let error = fixture.try_build().unwrap_err();
    assert!(matches!(error, BuildError::Newer { .. }), "{error}");
    fixture.options.rebuild = true;
    assert_eq!(fixture.build().generation, 3);
    assert!(check(&fixture.options).unwrap().up_to_date);
}

#[test]
fn damage_is_not_carried_into_the_next_generation() {
    let mut fixture = Fixture::new();
    // One segment, which every change concerns.
    fixture.options.threads = 1;
    // Texts that compress badly, so that not all of them stand in the block that opening reads.
    let text = |number: usize| -> String {
        let words = (0..60).map(|word| parts_digest([format!("{number} {word}").as_bytes()]));
        words.collect::<Vec<_>>().join(" ")
    };
    for number in 0..60 {
        fixture.write(&format!("{number}.txt"), format!("UNDEX/A/{number} en\n{}", text(number)));
    }
    let first = fixture.build();
    let folder = fixture.layout().generation_path(1);
    let store = listing(&folder)
        .into_iter()
        .find(|(path, _)| path.extension().is_some_and(|e| e == "store"));
    let (store, _) = store.unwrap();
    let time = fs::metadata(&store).unwrap().modified().unwrap();
    let mut content = fs::read(&store).unwrap();
    content[20] ^= 1;
    fs::write(&store, content).unwrap();
    // A disk that forgets changes no time.
    fs::File::options().write(true).open(&store).unwrap().set_modified(time).unwrap();

    // More than a tenth is deleted: the engine writes the rest of the segment again.
    (0..7).for_each(|number| fixture.remove(&format!("{number}.txt")));
    let second = fixture.build();
    assert!(second.anew.unwrap().contains("store was damaged"));
    assert_eq!((second.generation, second.documents), (2, 53));
    for number in 0..7 {
        fixture.write(&format!("{number}.txt"), format!("UNDEX/A/{number} en\n{}", text(number)));
    }
    assert_eq!(fixture.build().digest, first.digest);
    let generation = fixture.open();
    assert!(generation.manifest().check_files(generation.path()).is_empty());
}
