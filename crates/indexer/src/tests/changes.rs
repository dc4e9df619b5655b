//! Work in proportion to the change.

use undex_schema::{Outcome, document_frequency};

use super::support::{Fixture, documents, listing};
use crate::check;
use crate::report::Change;

#[test]
fn nothing_changed_means_nothing_read_and_nothing_written() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\nOne paragraph\nand another");
    fixture.write("deep/er/b.txt", "UNDEX/A/2 es\nUn párrafo");
    let first = fixture.build();
    assert!(first.published);
    assert_eq!((first.added, first.documents, first.paragraphs), (2, 2, 3));
    assert_eq!(fixture.extracted(), ["a.txt", "deep/er/b.txt"]);

    let before = listing(&fixture.options.index);
    let second = fixture.build();
    assert!(!second.published);
    assert_eq!((second.unchanged, second.generation, second.documents), (2, 1, 2));
    assert_eq!(second.digest, first.digest);
    assert!(fixture.extracted().is_empty());
    assert_eq!(listing(&fixture.options.index), before);
    assert!(check(&fixture.options).unwrap().up_to_date);
}

#[test]
fn what_is_settled_is_named_only_where_it_is_asked_for() {
    let mut fixture = Fixture::new();
    for (name, symbol) in [("a", 1), ("b", 2), ("c", 2)] {
        fixture.write(&format!("{name}.txt"), format!("UNDEX/A/{symbol} en\ntext"));
    }
    fixture.options.report_settled = false;
    let names = |report: crate::BuildReport| -> Vec<String> {
        let paths = report.sources.iter().map(|one| one.path.rsplit('/').next().unwrap());
        paths.map(str::to_owned).collect()
    };
    assert_eq!(names(fixture.build()), ["a.txt", "b.txt", "c.txt"], "all are new");
    fixture.write("d.txt", "UNDEX/A/3 en\ntext");
    let report = fixture.build();
    assert_eq!((report.unchanged, report.duplicates, report.documents), (3, 1, 3));
    assert_eq!(names(report), ["c.txt", "d.txt"], "a duplicate, and a new one");
    assert_eq!(names(fixture.build()), ["c.txt"], "nothing changed");
    fixture.options.report_settled = true;
    assert_eq!(names(fixture.build()), ["a.txt", "b.txt", "c.txt", "d.txt"]);
}

#[test]
fn only_what_changed_is_extracted() {
    let fixture = Fixture::new();
    for name in ["1", "2", "3"] {
        fixture.write(&format!("{name}.txt"), format!("UNDEX/A/{name} en\ntext of {name}"));
    }
    fixture.build();
    fixture.write("2.txt", "UNDEX/A/2 en\nanother text");
    fixture.remove("3.txt");
    fixture.write("4.txt", "UNDEX/A/4 en\na new one");

    let report = check(&fixture.options).unwrap();
    assert!(!report.up_to_date);
    let codes: Vec<&str> = report.differences.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["changed", "removed", "added"]);

    let report = fixture.build();
    assert_eq!(fixture.extracted(), ["2.txt", "4.txt"]);
    assert_eq!((report.added, report.changed, report.removed, report.unchanged), (1, 1, 1, 1));
    assert_eq!(documents(&fixture.open()), ["UNDEX/A/1@en", "UNDEX/A/2@en", "UNDEX/A/4@en"]);
    assert!(fixture.open().searcher().segment_readers().iter().all(|s| !s.has_deletes()));
}

#[test]
fn what_may_have_changed_can_be_said() {
    let mut fixture = Fixture::new();
    for (number, name) in ["1", "2", "deep/3", "gone"].iter().enumerate() {
        fixture.write(&format!("{name}.txt"), format!("UNDEX/A/{number} en\ntext"));
    }
    fixture.write_zip("z.zip", &[("m.txt", b"UNDEX/A/9 en\ntext")]);
    fixture.build();
    for (number, name) in ["1", "2", "deep/3", "new"].iter().enumerate() {
        fixture.write(&format!("{name}.txt"), format!("UNDEX/A/{number} en\nother"));
    }
    fixture.write_zip("z.zip", &[("m.txt", b"UNDEX/A/9 en\nother")]);
    fixture.remove("gone.txt");

    // What is listed, new or gone; the rest is not looked at. The list may say it in another way.
    let roundabout = fixture.path("deep").join("../1.txt");
    fixture.options.changed = Some(vec![roundabout, fixture.path("gone.txt"), "no/where".into()]);
    let codes = |fixture: &Fixture| -> Vec<String> {
        let report = check(&fixture.options).unwrap();
        report.differences.iter().map(|one| one.code.to_owned()).collect()
    };
    assert_eq!(codes(&fixture), ["changed", "removed", "added"]);
    let report = fixture.build();
    assert_eq!(fixture.extracted(), ["1.txt", "new.txt"]);
    assert_eq!((report.changed, report.removed, report.added), (1, 1, 1));
    assert!(codes(&fixture).is_empty());

    // A folder stands for its files, an archive for its members.
    fixture.options.changed = Some(vec![fixture.path("deep"), fixture.path("z.zip")]);
    fixture.build();
    assert_eq!(fixture.extracted(), ["deep/3.txt", "z.zip!m.txt"]);
    // What was not said is found out by the next build that looks at everything.
    fixture.options.changed = None;
    fixture.build();
    assert_eq!(fixture.extracted(), ["2.txt"]);
    // Without an index, everything is new.
    fixture.options.changed = Some(Vec::new());
    assert_eq!(fixture.build_afresh(1).report.added, 5);
}

#[test]
fn a_new_time_alone_is_no_change() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\ntext");
    fixture.build();
    fixture.write("a.txt", "UNDEX/A/1 en\ntext");
    assert!(check(&fixture.options).unwrap().up_to_date);
    assert!(!fixture.build().published);
    assert!(fixture.extracted().is_empty());
}

#[test]
fn a_change_within_the_tick_of_the_clock_is_seen() {
    let fixture = Fixture::new();
    let now = std::time::SystemTime::now();
    let write = |content: &str| {
        std::fs::write(fixture.path("a.txt"), content).unwrap();
        let file = std::fs::File::options().write(true).open(fixture.path("a.txt")).unwrap();
        file.set_modified(now).unwrap();
    };
    write("UNDEX/A/1 en\nred");
    fixture.build();
    write("UNDEX/A/1 en\nsea");
    assert_eq!(fixture.build().changed, 1);
}

#[test]
fn facts_and_catalogue_count_as_part_of_their_documents() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\ntext");
    fixture.write("b.txt", "UNDEX/A/2 en\ntext");
    fixture.build();
    fixture.write("a.txt.meta.toml", "# nothing known\n");
    fixture.build();
    assert_eq!(fixture.extracted(), ["a.txt"], "its facts are new");
    assert_eq!(fixture.build().documents, 2);
    fixture.remove("a.txt.meta.toml");
    let report = fixture.build();
    assert_eq!((report.changed, report.reused), (1, 1), "its facts are gone, as before");
}

#[test]
fn a_catalogue_is_heeded_where_it_decides() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\ntext");
    fixture.write("b.txt", "UNDEX/A/2 en\ntext");
    fixture.write("nameless.txt", "? en\nno symbol");
    fixture.write("none.txt", "unknown\n");
    fixture.build();
    fixture.extracted();
    // (catalogue, what is looked into again, how much of it was kept, why)
    let table: [(&str, &[&str], u64, &str); 8] = [
        ("# nothing known\n", &[], 0, "it says what none says"),
        (
            "[[document]]\nsymbol = \"UNDEX/A/2\"\ntype = \"note\"\n",
            &["b.txt", "nameless.txt"],
            0,
            "the one it names, and the one that it may recognise",
        ),
        ("[[document]]\nsymbol = \"UNDEX/A/2\"\ntype = \"note\"\n# more\n", &[], 0, "the same"),
        (
            "[[document]]\nsymbol = \"UNDEX/A/2\"\ntype = \"letter\"\n",
            &["b.txt", "nameless.txt"],
            0,
            "other facts",
        ),
        (
            "[[document]]\nsymbol = \"UNDEX/A/2\"\ntype = \"letter\"\n\
             [[document]]\nsymbol = \"UNDEX/A/9\"\n[[document.evidence]]\nall = [\"ebb\"]\n",
            &["nameless.txt"],
            0,
            "evidence",
        ),
        (
            "[[document]]\nsymbol = \"UNDEX/A/2\"\ntype = \"letter\"\n\
             nicknames.en = [\"the tide report\"]\n",
            &["a.txt", "b.txt", "nameless.txt", "none.txt"],
            0,
            "a name that any of them may have",
        ),
        ("", &["a.txt", "b.txt", "nameless.txt", "none.txt"], 1, "and does not any more"),
        ("# nothing known\n", &[], 0, "it says what none says"),
    ];
    for (catalogue, again, reused, why) in table {
        fixture.write("catalogue.toml", catalogue);
        let differences = crate::check(&fixture.options).unwrap().differences;
        let differing: Vec<&str> =
            differences.iter().map(|one| one.path.rsplit('/').next().unwrap()).collect();
        assert_eq!(differing, again, "{why}");
        let report = fixture.build();
        // What was so before is kept.
        assert_eq!(report.reused, reused, "{why}");
        assert_eq!(fixture.extracted().len() as u64 + reused, again.len() as u64, "{why}");
        assert_eq!((report.changed, report.published), (again.len() as u64, !again.is_empty()));
    }
}

#[test]
fn archives_are_read_member_by_member() {
    let fixture = Fixture::new();
    let one: &[u8] = b"UNDEX/A/1 en\none";
    let two: &[u8] = b"UNDEX/A/2 en\ntwo";
    fixture.write_zip(
        "a.zip",
        &[("in/1.xml", one), ("2.xml", two), (".hidden", one), ("README", one)],
    );
    let report = fixture.build();
    assert_eq!((report.added, report.documents), (2, 2));
    assert_eq!(fixture.extracted(), ["a.zip!2.xml", "a.zip!in/1.xml"]);
    assert!(!fixture.build().published);

    let changed: &[u8] = b"UNDEX/A/2 en\nTWO";
    let three: &[u8] = b"UNDEX/A/3 en\nthree";
    fixture.write_zip("a.zip", &[("in/1.xml", one), ("2.xml", changed), ("3.xml", three)]);
    let report = fixture.build();
    assert_eq!(fixture.extracted(), ["a.zip!2.xml", "a.zip!3.xml"]);
    assert_eq!((report.added, report.changed, report.unchanged), (1, 1, 1));

    fixture.remove("a.zip");
    assert_eq!(fixture.build().removed, 3);
    assert!(documents(&fixture.open()).is_empty());
}

#[test]
fn the_best_source_of_a_document_wins_until_it_goes() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 en\nfrom text");
    fixture.write("b.xml", "UNDEX/A/1 en\nfrom markup");
    fixture.write("c.txt", "UNDEX/A/1 en\nfrom text too");
    let report = fixture.build();
    assert_eq!((report.documents, report.duplicates), (1, 2));
    assert_eq!(super::support::text(&fixture.open(), "UNDEX/A/1@en", 0), "from markup");
    let of: Vec<String> = report
        .sources
        .iter()
        .filter_map(|source| match &source.outcome {
            Some(Outcome::Duplicate { of, .. }) => Some(of.clone()),
            _ => None,
        })
        .collect();
    assert!(of.iter().all(|of| of.ends_with("b.xml")), "{of:?}");

    fixture.remove("b.xml");
    let report = fixture.build();
    assert_eq!((report.documents, report.duplicates), (1, 1));
    assert_eq!(super::support::text(&fixture.open(), "UNDEX/A/1@en", 0), "from text");
    assert!(report.sources.iter().any(|source| source.change == Change::Revisited));

    // A better source that comes later takes the document over.
    fixture.write("d.xml", "UNDEX/A/1 en\nfrom markup again");
    let report = fixture.build();
    assert_eq!(fixture.extracted(), ["d.xml"]);
    assert_eq!((report.documents, report.duplicates), (1, 2));
    assert_eq!(documents(&fixture.open()).len(), 1);
}

#[test]
fn the_citation_graph_follows_what_changed() {
    let fixture = Fixture::new();
    fixture.write("1.txt", "UNDEX/A/1 en\nsee UNDEX/A/9\nand UNDEX/A/9 again\nas in UNDEX/A/1");
    fixture.write("2.txt", "UNDEX/A/2 en\nsee UNDEX/A/9 and UNDEX/A/1");
    let citing = |symbol: &str| {
        let generation = fixture.open();
        let fields = generation.fields();
        let symbol = symbol.parse().unwrap();
        let count = |term| document_frequency(generation.searcher(), &term).unwrap();
        (count(fields.cites_term(&symbol)), count(fields.cites_own_term(&symbol, None)))
    };
    fixture.build();
    assert_eq!(citing("UNDEX/A/9"), (3, 0));
    assert_eq!(citing("UNDEX/A/1"), (1, 1), "its own paragraph is no edge");
    fixture.write("1.txt", "UNDEX/A/1 en\nsee UNDEX/A/8");
    fixture.build();
    assert_eq!(citing("UNDEX/A/9"), (1, 0), "a document was changed");
    assert_eq!(citing("UNDEX/A/8"), (1, 0));
    fixture.remove("2.txt");
    fixture.build();
    assert_eq!((citing("UNDEX/A/9"), citing("UNDEX/A/1")), ((0, 0), (0, 0)), "one was removed");
}
