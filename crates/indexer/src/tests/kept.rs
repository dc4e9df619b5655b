//! What was extracted once is not extracted again.

use std::fs;
use std::path::PathBuf;

use undex_ingest::EXTRACTION_VERSION;
use undex_schema::{FileRecord, is_source_file};

use super::support::{Fixture, documents, listing, text, write_manifest};
use crate::kept::EXTRACTIONS;

/// The files kept, sorted.
fn kept(fixture: &Fixture) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = listing(&fixture.options.index.join(EXTRACTIONS))
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

#[test]
fn a_new_form_of_the_index_reads_no_file_again() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\none");
    fixture.write("b.txt", "UNDEX/A/2 en\ntwo");
    let first = fixture.build();
    assert_eq!((first.reused, &first.anew), (0, &None));
    write_manifest(&fixture.layout().generation_path(1), r#"{"format":0}"#);
    let second = fixture.build();
    assert!(fixture.extracted().is_empty());
    assert_eq!((second.reused, second.digest), (2, first.digest));
    assert!(second.anew.unwrap().starts_with("the index was of format 0, this undex writes "));
}

#[test]
fn damage_is_repaired_without_extracting() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\none");
    let first = fixture.build();
    fs::remove_file(fixture.layout().generation_path(1).join("meta.json")).unwrap();
    let second = fixture.build();
    assert!(fixture.extracted().is_empty());
    assert_eq!((second.reused, second.digest), (1, first.digest));
    assert!(second.anew.unwrap().contains("meta.json was damaged: the file is missing"));
}

#[test]
fn a_file_that_moved_is_not_extracted() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\none");
    fixture.build();
    fixture.remove("a.txt");
    fixture.write("deep/b.txt", "UNDEX/A/1 en\none");
    let report = fixture.build();
    assert!(fixture.extracted().is_empty());
    assert_eq!((report.added, report.removed, report.reused), (1, 1, 1));
    let generation = fixture.open();
    let record = generation
        .fields()
        .document_record(generation.searcher(), undex_schema::tantivy::DocAddress::new(0, 1));
    assert!(record.unwrap().source.path.ends_with("deep/b.txt"), "it says where it is now");
}

#[test]
fn what_was_and_is_again_is_not_extracted() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\nred");
    let first = fixture.build();
    fixture.write("a.txt", "UNDEX/A/1 en\ngreen");
    fixture.build();
    assert_eq!(fixture.extracted(), ["a.txt"]);
    fixture.write("a.txt", "UNDEX/A/1 en\nred");
    let third = fixture.build();
    assert!(fixture.extracted().is_empty());
    assert_eq!(third.digest, first.digest);
}

#[test]
fn mended_documents_are_kept_beside_themselves_unmended() {
    let mut fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\nthe tog~ether of it");
    for number in 2..5 {
        fixture.write(&format!("{number}.txt"), format!("UNDEX/A/{number} en\ntogether"));
    }
    let first = fixture.build();
    assert_eq!(text(&fixture.open(), "UNDEX/A/1@en", 0), "the together of it");
    fs::remove_file(fixture.layout().current_path()).unwrap();
    let second = fixture.build();
    assert!(fixture.extracted().is_empty());
    assert_eq!(second.digest, first.digest);
    fixture.options.rebuild = true;
    assert_eq!(fixture.build().digest, first.digest);
}

#[test]
fn a_build_asked_to_read_everything_does() {
    let mut fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\none");
    fixture.build();
    fixture.options.rebuild = true;
    let report = fixture.build();
    assert_eq!(fixture.extracted(), ["a.txt"]);
    assert_eq!((report.reused, report.anew.as_deref()), (0, Some("as asked")));
}

#[test]
fn another_version_of_extraction_is_told_and_extracts_again() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\none");
    fixture.build();
    let generation = fixture.open();
    let mut table = generation.sources().unwrap();
    table.extraction = EXTRACTION_VERSION - 1;
    table.sources[0].circumstances = "those of then".into();
    let mut manifest = generation.manifest().clone();
    manifest.files.retain(|file| !is_source_file(&file.name));
    for file in table.files().unwrap().files {
        fs::write(generation.path().join(&file.name), file.content).unwrap();
        manifest.files.push(FileRecord::of(generation.path(), &file.name).unwrap());
    }
    write_manifest(generation.path(), &serde_json::to_string(&manifest).unwrap());
    let differences = crate::check(&fixture.options).unwrap().differences;
    assert!(
        differences[0].message.ends_with("this version of undex extracts documents otherwise"),
        "{differences:?}"
    );
}

#[test]
fn damaged_extractions_are_extracted_again() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\none two three four five six seven");
    let first = fixture.build();
    let [path] = &kept(&fixture)[..] else { panic!("one document, one file") };
    let whole = fs::read(path).unwrap();
    let mut damaged: Vec<Vec<u8>> = (0..whole.len())
        .step_by(13)
        .map(|at| {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            bytes
        })
        .collect();
    damaged.push(Vec::new());
    damaged.push(whole[..whole.len() / 2].to_vec());
    for bytes in damaged {
        fs::remove_file(fixture.layout().current_path()).unwrap();
        fs::write(path, &bytes).unwrap();
        let report = fixture.build();
        assert_eq!(fixture.extracted(), ["a.txt"]);
        assert_eq!((report.reused, &report.digest), (0, &first.digest));
        fs::remove_file(fixture.layout().current_path()).unwrap();
        assert_eq!(fixture.build().reused, 1, "and what is kept is whole again");
    }
}

#[test]
fn a_file_kept_under_the_name_of_another_is_not_taken_for_it() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\none");
    fixture.write("b.txt", "UNDEX/A/2 en\ntwo");
    let first = fixture.build();
    let [one, two] = &kept(&fixture)[..] else { panic!("two documents, two files") };
    fs::copy(one, two).unwrap();
    fs::remove_file(fixture.layout().current_path()).unwrap();
    let second = fixture.build();
    assert_eq!((second.reused, second.digest), (1, first.digest));
}

#[test]
fn what_is_kept_stays_under_its_bound() {
    let mut fixture = Fixture::new();
    fixture.options.kept_bytes = 0;
    fixture.write("a.txt", "UNDEX/A/1 en\none");
    fixture.build();
    assert!(!fixture.options.index.join(EXTRACTIONS).exists(), "nothing is to be kept");

    // Room for two or three documents on each of the 256 shelves.
    fixture.options.kept_bytes = 256 * 700;
    for number in 0..1_000 {
        fixture.write(&format!("{number}.txt"), format!("UNDEX/A/{number} en\none"));
    }
    fixture.build();
    let bytes = |fixture: &Fixture| -> u64 {
        kept(fixture).iter().map(|path| fs::metadata(path).unwrap().len()).sum()
    };
    let bound = fixture.options.kept_bytes;
    assert!((bound / 3..=bound).contains(&bytes(&fixture)), "{} bytes", bytes(&fixture));
    assert_eq!(documents(&fixture.open()).len(), 1_000);

    fixture.options.kept_bytes = 256 * 300;
    fs::remove_file(fixture.layout().current_path()).unwrap();
    let report = fixture.build();
    assert!(report.reused > 0);
    assert!(bytes(&fixture) <= 256 * 300, "a smaller bound holds for what is there");

    fixture.options.kept_bytes = 0;
    fixture.remove("0.txt");
    fixture.build();
    assert!(!fixture.options.index.join(EXTRACTIONS).exists(), "nothing is to be kept any more");
}

#[test]
fn what_cannot_be_kept_costs_nothing_now() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\none");
    // A file where the folder should be.
    fs::create_dir(&fixture.options.index).unwrap();
    fs::write(fixture.options.index.join(EXTRACTIONS), b"").unwrap();
    let report = fixture.build();
    assert_eq!(report.documents, 1);
    assert!(report.not_kept.unwrap().contains("extractions: cannot be written: "));
}

#[test]
fn unfinished_files_of_a_killed_build_are_removed() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\none");
    fixture.build();
    let folder = fixture.options.index.join(EXTRACTIONS);
    fs::write(folder.join("tmp-7"), b"half").unwrap();
    // Of the form that there was before.
    fs::create_dir(folder.join("3f")).unwrap();
    fs::write(folder.join("3f/3fa9"), b"old").unwrap();
    fixture.write("b.txt", "UNDEX/A/2 en\ntwo");
    fixture.build();
    assert_eq!(kept(&fixture).len(), 2);
}
