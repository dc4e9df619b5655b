//! Updates that leave parts of the table of sources closed.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use undex_schema::{Generation, MANIFEST, Outcome, SourceTable};

use super::support::{Fixture, documents};
use crate::opening;
use crate::previous::Previous;
use crate::readings::Readings;
use crate::walk::Listing;

/// As in `crates/schema/src/layout/source_files.rs`: a source whose path has a checksum that this divides
/// ends a part.
const PART: u32 = 1_024;

/// A corpus whose folders change at times that can be trusted, each a second after the one before.
struct Corpus {
    fixture: Fixture,
    clock: u64,
}

impl Corpus {
    fn new() -> Self {
        let mut fixture = Fixture::new();
        fixture.options.report_settled = false;
        Self { fixture, clock: 0 }
    }

    /// The first of some names in the corpus whose source ends a part.
    fn apart(&self, name: impl Fn(u32) -> String) -> String {
        let ends_part = |name: &String| {
            let path = self.fixture.path(name);
            crc32fast::hash(path.to_str().unwrap().as_bytes()).is_multiple_of(PART)
        };
        (0..).map(name).find(ends_part).unwrap()
    }

    fn write(&self, name: &str, symbol: &str, text: &str) {
        self.fixture.write(name, format!("{symbol} en\n{text}"));
    }

    /// Gives folders that were changed just now a time of their own.
    fn settle(&mut self) {
        let now = SystemTime::now();
        for entry in walkdir::WalkDir::new(self.fixture.path("")) {
            let entry = entry.unwrap();
            let changed = entry.metadata().unwrap().modified().unwrap();
            if entry.file_type().is_dir() && changed + Duration::from_secs(600) > now {
                self.clock += 1;
                let time = now - Duration::from_secs(36_000) + Duration::from_secs(self.clock);
                fs::File::open(entry.path()).unwrap().set_modified(time).unwrap();
            }
        }
    }

    fn changed(&mut self, names: &[&str]) {
        self.settle();
        let changed: Vec<PathBuf> = names.iter().map(|name| self.fixture.path(name)).collect();
        self.fixture.options.changed = Some(changed);
    }

    /// What the next build begins with.
    fn look(&self) -> (Vec<Listing>, SourceTable) {
        let options = &self.fixture.options;
        let readings = Readings::of(options, &|_, _| self.fixture.extractor()).unwrap();
        let previous = Previous::read(self.fixture.open()).unwrap();
        opening::look(options, &readings, &previous, false).unwrap()
    }

    /// Names in the corpus of the sources whose parts the next build opens.
    fn opened(&self) -> Vec<String> {
        let root = self.fixture.path("");
        let names = self.look().1.sources.into_iter();
        let names = names.map(|one| one.path[root.to_str().unwrap().len()..].to_owned());
        names.collect()
    }

    /// Whether an index holds what one made from nothing does.
    fn check(&self, what: &str) {
        self.check_after(what, true);
    }

    fn check_after(&self, what: &str, published: bool) {
        let afresh = self.fixture.build_afresh(2);
        let (found, expected) = (self.fixture.open(), &afresh.generation);
        assert_eq!(found.manifest().digest, expected.manifest().digest, "{what}");
        assert_eq!(found.manifest().counts, expected.manifest().counts, "{what}");
        assert_eq!(found.manifest().statistics, expected.manifest().statistics, "{what}");
        assert_eq!(documents(&found), documents(expected), "{what}");
        let parts = |generation: &Generation| {
            let head = generation.source_head().unwrap();
            (head.settled, head.unsettled)
        };
        assert!(parts(&found) == parts(expected), "{what}: other parts");
        let (found, expected) = (found.sources().unwrap(), expected.sources().unwrap());
        let differ = found.sources.iter().zip(&expected.sources).find(|(a, b)| a != b);
        assert_eq!(differ, None, "{what}");
        assert_eq!(found.sources.len(), expected.sources.len(), "{what}");
        // Where nothing came of it, it is not written that folders and archives were touched.
        if published {
            let looked = |table: SourceTable| (table.folders, table.archives);
            assert_eq!(looked(found), looked(expected), "{what}");
        }
    }
}

/// Three folders and an archive, the sources in each of which are a part of their own.
fn four_parts() -> (Corpus, [String; 4]) {
    let mut corpus = Corpus::new();
    let names = ["a", "b", "c"].map(|folder| corpus.apart(|n| format!("{folder}/{n}.txt")));
    for (number, name) in names.iter().enumerate() {
        corpus.write(name, &format!("UNDEX/{number}"), "text");
    }
    let member = corpus.apart(|n| format!("d.zip!{n}.txt"));
    let (archive, name) = member.split_once('!').unwrap();
    corpus.fixture.write_zip(archive, &[(name, b"UNDEX/3 en\ntext")]);
    corpus.settle();
    corpus.fixture.build();
    assert_eq!(corpus.fixture.open().source_head().unwrap().settled.len(), 4);
    let [a, b, c] = names;
    (corpus, [a, b, c, member])
}

#[test]
fn what_is_as_it_was_stays_closed() {
    let (mut corpus, [a, b, c, member]) = four_parts();
    // Every file has to be looked at, but the archive is one.
    assert_eq!(corpus.opened(), [&*a, &b, &c]);
    corpus.changed(&[]);
    assert!(corpus.opened().is_empty());
    assert!(corpus.look().0.iter().all(|listing| listing.files.len() == 1), "only the archive");
    let report = corpus.fixture.build();
    assert_eq!((report.published, report.unchanged, report.documents), (false, 4, 4));

    corpus.write(&b, "UNDEX/1", "other text");
    corpus.changed(&[&b]);
    assert_eq!(corpus.opened(), [&*b]);
    let report = corpus.fixture.build();
    assert_eq!((report.changed, report.unchanged, report.documents), (1, 3, 4));
    corpus.check("a file changed");

    corpus.write("b/more.txt", "UNDEX/4", "more text");
    corpus.changed(&[]);
    assert!(!corpus.opened().contains(&a));
    let report = corpus.fixture.build();
    assert_eq!((report.added, report.unchanged, report.documents), (1, 4, 5));
    corpus.check("a file added");

    fs::remove_dir_all(corpus.fixture.path("a")).unwrap();
    corpus.changed(&[]);
    assert!(!corpus.opened().contains(&c));
    assert_eq!(corpus.fixture.build().removed, 1);
    corpus.check("a folder removed");

    let (archive, name) = member.split_once('!').unwrap();
    let members: [(&str, &[u8]); 2] = [(name, b"UNDEX/3 en\nother"), ("z", b"UNDEX/5 en\nnew")];
    corpus.fixture.write_zip(archive, &members);
    corpus.changed(&[archive]);
    // A document in its place would stand in the part before.
    assert_eq!(corpus.opened(), ["b/more.txt", &*c, &member]);
    let report = corpus.fixture.build();
    assert_eq!((report.changed, report.added, report.unchanged), (1, 1, 3));
    corpus.check("an archive changed");
}

#[test]
fn what_a_closed_part_says_is_not_read() {
    let (mut corpus, [_, b, ..]) = four_parts();
    let generation = corpus.fixture.open();
    let part = generation.source_head().unwrap().settled.remove(0);
    let path = generation.path().join(&part.name);
    let complete = fs::metadata(generation.path().join(MANIFEST)).unwrap().modified().unwrap();
    let damaged = vec![0; fs::read(&path).unwrap().len()];
    fs::write(&path, damaged).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(complete).unwrap();
    corpus.write(&b, "UNDEX/1", "other text");
    corpus.changed(&[&b]);
    let report = corpus.fixture.build();
    assert_eq!((report.changed, report.anew), (1, None));
    // It is found out when it is.
    corpus.fixture.options.changed = None;
    corpus.write(&b, "UNDEX/1", "yet another text");
    let report = corpus.fixture.build();
    assert!(report.anew.unwrap().contains(&part.name));
    corpus.check("after damage");
}

#[test]
fn every_part_is_opened_where_all_sources_matter() {
    let (mut corpus, [a, ..]) = four_parts();
    corpus.changed(&[]);
    assert!(corpus.opened().is_empty());
    corpus.fixture.options.report_settled = true;
    assert_eq!(corpus.opened().len(), 4, "every source is reported");
    corpus.fixture.options.report_settled = false;
    corpus.fixture.options.limits.file_bytes -= 1;
    assert_eq!(corpus.opened().len(), 4, "other limits");
    corpus.fixture.options.limits.file_bytes += 1;
    fs::write(
        corpus.fixture.path("catalogue.toml"),
        "[[document]]\nsymbol = \"UNDEX/0\"\ntitle.en = \"Another\"\n",
    )
    .unwrap();
    corpus.settle();
    assert_eq!(corpus.opened().len(), 4, "another catalogue");
    fs::remove_file(corpus.fixture.path("catalogue.toml")).unwrap();
    corpus.settle();
    assert!(corpus.opened().is_empty());

    // A file that may have changed after it was looked at is looked at once more.
    corpus.write(&a, "UNDEX/0", "other text");
    let file = fs::File::options().write(true).open(corpus.fixture.path(&a)).unwrap();
    file.set_modified(SystemTime::now()).unwrap();
    corpus.changed(&[&a]);
    corpus.fixture.build();
    corpus.changed(&[]);
    assert_eq!(corpus.opened(), [&*a]);
    // So is a folder into which something may have come since.
    let folder = fs::File::open(corpus.fixture.path("b")).unwrap();
    folder.set_modified(SystemTime::now()).unwrap();
    corpus.fixture.options.changed = Some(vec![corpus.fixture.path(&a)]);
    corpus.fixture.build();
    assert_eq!(corpus.look().0[0].as_before.len(), 2, "the corpus and c");
}

#[test]
fn a_document_from_a_closed_part_goes_to_the_better_source() {
    let (mut corpus, [a, ..]) = four_parts();
    corpus.write("e/better.xml", "UNDEX/0", "text in markup");
    corpus.write("e/worse.txt", "UNDEX/3", "text");
    corpus.changed(&[]);
    assert!(!corpus.opened().contains(&a));
    let report = corpus.fixture.build();
    assert_eq!((report.documents, report.duplicates), (4, 2));
    corpus.check("duplicates of sources in closed parts");
    let path = corpus.fixture.path(&a).display().to_string();
    let duplicate = report.sources.iter().find(|source| source.path == path).unwrap();
    assert!(matches!(duplicate.outcome, Some(Outcome::Duplicate { .. })), "{duplicate:?}");
    // And back.
    corpus.fixture.remove("e/better.xml");
    corpus.fixture.remove("e/worse.txt");
    corpus.changed(&[]);
    corpus.fixture.build();
    corpus.check("duplicates gone");
}

#[test]
fn a_better_source_that_goes_while_it_is_read_leaves_the_document() {
    let (mut corpus, _) = four_parts();
    corpus.write("e/better.xml", "UNDEX/0", "leaving herra~mientas");
    corpus.write("e/word.txt", "UNDEX/8", "herramientas");
    corpus.changed(&[]);
    let report = corpus.fixture.build();
    assert_eq!((report.documents, report.duplicates, report.failed), (5, 0, 0));
    corpus.settle();
    corpus.fixture.options.changed = None;
    let report = corpus.fixture.build();
    corpus.check_after("a source gone", report.published);
}

#[test]
fn what_cannot_be_told_without_listing_is_listed() {
    let (mut corpus, _) = four_parts();
    let as_before = |corpus: &Corpus| {
        let mut names: Vec<String> =
            corpus.look().0.into_iter().flat_map(|one| one.as_before).collect();
        names.sort();
        let names = names.iter().map(|name| name.rsplit('/').next().unwrap().to_owned());
        names.collect::<Vec<String>>()
    };
    corpus.changed(&[]);
    assert_eq!(as_before(&corpus), ["corpus", "a", "b", "c"]);
    // Facts beside a document, by the path of the file itself or of one that is gone.
    for named in ["b/x.txt.meta.toml", "b/gone.txt"] {
        corpus.changed(&[named]);
        assert_eq!(as_before(&corpus), ["corpus", "a", "c"], "{named}");
    }
    // Times that somebody set back.
    let folder = fs::File::open(corpus.fixture.path("b")).unwrap();
    let before = folder.metadata().unwrap().modified().unwrap();
    corpus.write("b/more.txt", "UNDEX/9", "more");
    folder.set_modified(before).unwrap();
    corpus.changed(&[]);
    assert_eq!(corpus.fixture.build().added, 1);
    corpus.check("a file that came without a new time of the folder");
}

#[cfg(unix)]
#[test]
fn odd_folders_lose_nothing() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let (mut corpus, _) = four_parts();
    let odd = corpus.fixture.path("a").join(OsStr::from_bytes(b"o\xffd"));
    fs::create_dir(&odd).unwrap();
    fs::write(odd.join("x.txt"), "UNDEX/7 en\ntext").unwrap();
    fs::write(corpus.fixture.path("b").join(OsStr::from_bytes(b"\xff.txt")), "UNDEX/8 en\ntext")
        .unwrap();
    corpus.settle();
    assert_eq!(corpus.fixture.build().documents, 6);
    for round in 0..2 {
        corpus.write("c/more.txt", "UNDEX/9", &format!("more {round}"));
        corpus.changed(&["c/more.txt"]);
        assert_eq!(corpus.fixture.build().documents, 7);
        corpus.check("names that are not in Unicode");
    }

    // An input that is a link to a folder, and a link in a folder that is an input too.
    let elsewhere = tempfile::tempdir().unwrap();
    let [link, within] = [elsewhere.path().join("link"), corpus.fixture.path("link")];
    std::os::unix::fs::symlink(corpus.fixture.path(""), &link).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), &within).unwrap();
    corpus.fixture.options.inputs = vec![link];
    corpus.fixture.options.changed = None;
    corpus.settle();
    corpus.fixture.build();
    corpus.write("new.txt", "UNDEX/10", "new");
    corpus.changed(&[]);
    assert_eq!(corpus.fixture.build().added, 1);
    corpus.check("a link to a folder");
}

#[test]
fn an_archive_that_is_an_input_too_is_looked_at() {
    let (mut corpus, [.., member]) = four_parts();
    let (archive, name) = member.split_once('!').unwrap();
    corpus.fixture.options.inputs.push(corpus.fixture.path(archive));
    corpus.fixture.build();
    let members: [(&str, &[u8]); 2] = [(name, b"UNDEX/3 en\nother"), ("z", b"UNDEX/5 en\nnew")];
    corpus.fixture.write_zip(archive, &members);
    corpus.changed(&[]);
    let report = corpus.fixture.build();
    assert_eq!((report.changed, report.added, report.documents), (1, 1, 5));
    corpus.check("an archive in a folder that is not listed");
}

#[test]
fn what_is_not_settled_opens_no_other_part() {
    let (mut corpus, [a, ..]) = four_parts();
    corpus.fixture.write("b/failing.txt", "panic");
    corpus.write("b/again.txt", "UNDEX/0", "text");
    corpus.write("b/broken.txt", "UNDEX/5", "with herra~mientas");
    corpus.fixture.write("b/broken.txt.meta.toml", "# nothing known\n");
    for (name, symbol) in [("b/aa.txt", "UNDEX/6"), ("b/zz.txt", "UNDEX/7")] {
        corpus.write(name, symbol, "text");
    }
    corpus.changed(&[]);
    let report = corpus.fixture.build();
    assert_eq!((report.failed, report.duplicates, report.documents), (1, 1, 7));
    corpus.changed(&[]);
    let unsettled = ["b/again.txt", "b/broken.txt", "b/failing.txt"];
    assert_eq!(corpus.opened(), unsettled);
    let report = corpus.fixture.build();
    assert_eq!((report.published, report.failed, report.duplicates), (false, 1, 1));
    assert_eq!((report.added, report.changed, report.unchanged), (0, 0, 9));

    // A duplicate whose document no other source gives any more belongs where nothing was opened.
    corpus.fixture.remove(&a);
    corpus.changed(&[]);
    assert_eq!(corpus.opened().len(), 4);
    let report = corpus.fixture.build();
    assert_eq!((report.removed, report.duplicates, report.documents), (1, 0, 7));
    corpus.check("a duplicate that is one no more");

    // A word that another document decides, in a folder that is not listed. Facts are read when they are needed.
    corpus.write("c/word.txt", "UNDEX/8", "herramientas");
    let facts = corpus.fixture.path("b/broken.txt.meta.toml");
    fs::write(&facts, "# still nothing\n").unwrap();
    corpus.changed(&[]);
    let report = corpus.fixture.build();
    let mut sources = report.sources.iter();
    let mended = sources.find(|source| source.path.ends_with("broken.txt")).unwrap();
    assert_eq!(mended.mended, 1, "{mended:?}");
    corpus.check("a broken word");
}

#[test]
fn members_that_belong_between_those_of_a_closed_part_open_it() {
    let (mut corpus, _) = four_parts();
    // A space stands before the exclamation mark of a member.
    let failing = corpus.apart(|n| format!("e/{n}.txt"));
    corpus.fixture.write(&failing, "panic");
    corpus.write(&format!("{failing} 1.txt"), "UNDEX/6", "text");
    corpus.write("e/zz.txt", "UNDEX/7", "text");
    corpus.settle();
    assert_eq!(corpus.fixture.build().failed, 1);
    corpus.fixture.write_zip(&failing, &[("m.txt", b"UNDEX/8 en\ntext")]);
    corpus.changed(&[]);
    assert!(corpus.look().1.closed.iter().any(|part| part.last.ends_with("e/zz.txt")));
    let report = corpus.fixture.build();
    assert_eq!((report.added, report.failed, report.documents), (1, 0, 7));
    corpus.check("a file that became an archive");
}

#[test]
fn a_file_that_is_called_like_a_member_is_no_member() {
    let (mut corpus, [.., member]) = four_parts();
    let archive = member.split_once('!').unwrap().0;
    let name = format!("{archive}!0.txt");
    corpus.write(&name, "UNDEX/6", "text");
    corpus.fixture.options.changed = None;
    corpus.fixture.build();
    corpus.write(&name, "UNDEX/6", "other");
    let report = corpus.fixture.build();
    assert_eq!((report.changed, report.failed, report.documents), (1, 0, 5));
    corpus.fixture.remove(&name);
    assert_eq!(corpus.fixture.build().removed, 1);
    corpus.check("a file with an exclamation mark");
}

#[test]
fn pieces_that_were_joined_are_missed_with_their_document() {
    type Change = fn(&Corpus);
    let table: [(Change, &str); 3] = [
        (|corpus| corpus.fixture.remove("mended.txt"), "gone"),
        (|corpus| corpus.write("mended.txt", "UNDEX/0", "nothing of it"), "written anew"),
        (|corpus| corpus.write("mended.xml", "UNDEX/0", "nothing of it"), "of a better source"),
    ];
    for (change, why) in table {
        let corpus = Corpus::new();
        for (number, (name, text)) in [
            ("mended.txt", "with herra~mientas"),
            ("whole.txt", "herramientas"),
            ("in-doubt.txt", "with otra~mientas"),
            ("joined.txt", "otramientas"),
            ("piece.txt", "otra"),
        ]
        .into_iter()
        .enumerate()
        {
            corpus.write(name, &format!("UNDEX/{number}"), text);
        }
        corpus.fixture.build();
        let mended = |name: &str| -> usize {
            let sources = corpus.fixture.open().sources().unwrap().sources;
            sources.iter().find(|one| one.path.ends_with(name)).unwrap().confirmed.len()
        };
        // The first document has `mientas`, as it was read.
        assert_eq!((mended("mended.txt"), mended("in-doubt.txt")), (1, 0), "{why}");
        change(&corpus);
        corpus.fixture.build();
        assert_eq!(mended("in-doubt.txt"), 1, "{why}");
        corpus.check(why);
    }
}

/// Numbers that look random, the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

const TEXTS: [&str; 5] =
    ["plain text", "with herra~mientas", "with herramientas", "a mientas alone", "several\nlines"];

/// One change of the corpus; gives the name of a file that was there and is not as it was.
fn change(corpus: &Corpus, numbers: &mut Numbers) -> Option<String> {
    let folder = ["", "a/", "b/", "b/deep/", "c/", "c d/"][numbers.below(6)];
    let names: Vec<String> = walkdir::WalkDir::new(corpus.fixture.path(""))
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().strip_prefix(corpus.fixture.path("")).unwrap().to_owned())
        .map(|path| path.to_str().unwrap().to_owned())
        .collect();
    let symbol = format!("UNDEX/{}", numbers.below(30));
    // A file that is written again as it was keeps the time that is known of it; a new index knows the new one.
    let text = format!("{} {}", TEXTS[numbers.below(TEXTS.len())], numbers.below(1 << 30));
    let any = |numbers: &mut Numbers| names.get(numbers.below(names.len().max(1))).cloned();
    match numbers.below(9) {
        0..4 => {
            let end = ["txt", "xml"][numbers.below(2)];
            let start = numbers.below(1_000);
            let name = corpus.apart(|n| format!("{folder}{start}{n}.{end}"));
            // What is kept goes by the content, and so does the format outside these tests.
            corpus.write(&name, &symbol, &format!("{text} {end}"));
            Some(name)
        }
        4 => {
            let member = corpus.apart(|n| format!("{folder}{}.zip!{n}.txt", n % 3));
            let (archive, member) = member.split_once('!').unwrap();
            let content = format!("{symbol} en\n{text}");
            let other = format!("UNDEX/{} en\nother", numbers.below(30));
            let members = [(member, content.as_bytes()), ("0", other.as_bytes())];
            corpus.fixture.write_zip(archive, &members[..1 + numbers.below(2)]);
            Some(archive.to_owned())
        }
        5 => {
            let name = any(numbers)?;
            corpus.fixture.remove(&name);
            Some(name)
        }
        6 => {
            let name = any(numbers).filter(|name| !name.ends_with(".zip"))?;
            let end = name.rsplit('.').next().unwrap();
            corpus.write(&name, &symbol, &format!("{text} {end}"));
            Some(name)
        }
        7 => {
            let name = format!("{folder}{}.txt", numbers.below(5));
            corpus.fixture.write(&name, format!("panic\n{text}"));
            Some(name)
        }
        _ => {
            let name = any(numbers)?;
            let folder = name.split('/').next().unwrap();
            let end = folder.find('.').map_or("", |start| &folder[start..]);
            let moved = format!("moved-{}{end}", numbers.below(1_000));
            fs::rename(corpus.fixture.path(folder), corpus.fixture.path(&moved)).unwrap();
            None
        }
    }
}

#[test]
fn histories_make_no_difference() {
    let mut corpus = Corpus::new();
    let mut numbers = Numbers(7);
    let (mut closed, mut opened) = (0, 0);
    for round in 0..40 {
        let changes = 1 + numbers.below(3);
        let names: Vec<String> =
            (0..changes).filter_map(|_| change(&corpus, &mut numbers)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        corpus.changed(&names);
        if numbers.below(4) == 0 {
            corpus.fixture.options.changed = None;
        }
        if round > 0 {
            let (_, table) = corpus.look();
            closed += table.closed.iter().map(|part| part.sources).sum::<u64>();
            opened += table.sources.len() as u64;
        }
        let report = corpus.fixture.build();
        corpus.check_after(&format!("round {round}: {names:?}"), report.published);
        let sources = corpus.fixture.open().sources().unwrap().sources.len() as u64;
        assert_eq!(report.added + report.changed + report.unchanged, sources, "round {round}");
    }
    assert!(closed > 100 && opened > 100, "{closed} sources closed, {opened} opened");
}
