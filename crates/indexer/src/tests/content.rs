//! The same content, however it came about.

use undex_document::Language;

use super::support::{Fixture, documents, ranking, text};

/// A corpus of some size with words of different frequency in two languages.
fn fill(fixture: &Fixture) {
    for number in 0..40 {
        let spanish: String =
            (0..=number % 7).map(|n| format!("párrafo {n} sobre seguridad\n")).collect();
        fixture.write(&format!("es/{number}.txt"), format!("UNDEX/A/{number} es\n{spanish}"));
        let repeated = "security ".repeat(number % 5);
        fixture.write(
            &format!("en/{number}.txt"),
            format!("UNDEX/A/{number} en\nthe {repeated}of all\nand more words on number {number}"),
        );
    }
}

#[test]
fn threads_make_no_difference() {
    let fixture = Fixture::new();
    fill(&fixture);
    let one = fixture.build_afresh(1);
    let two = fixture.build_afresh(2);
    let (first, second) = (&one.generation, &two.generation);
    assert_eq!(one.report.digest, two.report.digest);
    assert_eq!(first.manifest().statistics, second.manifest().statistics);
    for (word, language) in [("seguridad", Language::Spanish), ("security", Language::English)] {
        let hits = ranking(first, word, language);
        assert!(hits.len() > 20);
        assert_eq!(hits, ranking(second, word, language), "{word}");
    }
}

#[test]
fn history_makes_no_difference() {
    let fixture = Fixture::new();
    fill(&fixture);
    fixture.build();
    for number in (0..40).step_by(3) {
        fixture.write(&format!("es/{number}.txt"), format!("UNDEX/A/{number} es\nseguridad breve"));
    }
    fixture.build();
    for number in (0..40).step_by(4) {
        fixture.remove(&format!("en/{number}.txt"));
    }
    let grown = fixture.build();
    let fresh = fixture.build_afresh(2);
    let afresh = &fresh.generation;
    assert_eq!(grown.digest, fresh.report.digest);
    assert_eq!(grown.paragraphs, fresh.report.paragraphs);
    let generation = fixture.open();
    assert_eq!(generation.manifest().statistics, afresh.manifest().statistics);
    assert_eq!(documents(&generation), documents(afresh));
    for (word, language) in [("seguridad", Language::Spanish), ("security", Language::English)] {
        assert_eq!(ranking(&generation, word, language), ranking(afresh, word, language), "{word}");
    }
}

#[test]
fn many_small_updates_leave_few_segments() {
    let fixture = Fixture::new();
    for number in 0..14 {
        fixture.write(&format!("{number}.txt"), format!("UNDEX/A/{number} en\ntext {number}"));
        fixture.build();
        assert!(fixture.open().searcher().segment_readers().len() <= 8);
    }
    assert_eq!(fixture.build_afresh(2).report.digest, fixture.build().digest);
}

#[test]
fn broken_words_are_mended_on_the_word_of_others() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 es\nlas herra~mientas de to~dos");
    fixture.build();
    assert_eq!(text(&fixture.open(), "UNDEX/A/1@es", 0), "las herra mientas de to dos");
    fixture.write("b.txt", "UNDEX/B/1 en\nherramientas");
    fixture.build();
    assert_eq!(
        text(&fixture.open(), "UNDEX/A/1@es", 0),
        "las herra mientas de to dos",
        "a word of another language answers nothing"
    );

    // A document that has the word whole answers.
    fixture.write("b.txt", "UNDEX/B/1 es\nHerramientas nuevas");
    let report = fixture.build();
    let generation = fixture.open();
    assert_eq!(text(&generation, "UNDEX/A/1@es", 0), "las herramientas de to dos");
    assert_eq!(report.sources.iter().map(|source| source.mended).sum::<usize>(), 1);
    let fresh = fixture.build_afresh(2);
    assert_eq!(report.digest, fresh.report.digest);
    assert_eq!(
        ranking(&generation, "herramientas", Language::Spanish),
        ranking(&fresh.generation, "herramientas", Language::Spanish)
    );
    assert!(!fixture.build().published, "nothing is left to mend");

    // When it goes, the answer goes.
    fixture.remove("b.txt");
    let report = fixture.build();
    assert_eq!(text(&fixture.open(), "UNDEX/A/1@es", 0), "las herra mientas de to dos");
    assert_eq!(report.digest, fixture.build_afresh(1).report.digest);
}

#[test]
fn the_same_word_broken_in_many_documents_needs_many_more_with_it_whole() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "UNDEX/A/1 es\nlas herra~mientas y a~cerca de");
    fixture.write("b.txt", "UNDEX/A/2 es\notras herra~mientas");
    fixture.write("c.txt", "UNDEX/A/3 es\na cerca");
    for number in 0..9 {
        let text = format!("UNDEX/B/{number} es\nherramientas, acerca");
        fixture.write(&format!("{number}.txt"), text);
    }
    fixture.build();
    let before = "las herra mientas y a cerca de";
    assert_eq!(text(&fixture.open(), "UNDEX/A/1@es", 0), before, "nine against one");
    fixture.write("9.txt", "UNDEX/B/9 es\nherramientas");
    let report = fixture.build();
    let generation = fixture.open();
    assert_eq!(text(&generation, "UNDEX/A/1@es", 0), "las herramientas y a cerca de", "ten");
    assert_eq!(text(&generation, "UNDEX/A/2@es", 0), "otras herramientas");
    assert_eq!(report.digest, fixture.build_afresh(2).report.digest);
}

#[test]
fn mending_leaves_a_document_without_symbol_its_key() {
    let fixture = Fixture::new();
    fixture.write("a.txt", "? es\nlas herra~mientas");
    let before = fixture.build();
    let keys = |fixture: &Fixture| documents(&fixture.open());
    let key = keys(&fixture);
    fixture.write("c.txt", "UNDEX/A/3 es\nherramientas");
    assert_eq!((before.documents, fixture.build().documents), (1, 2));
    assert_eq!(text(&fixture.open(), &key[0], 0), "las herramientas");
    // The same text again is the same document, and confirms nothing to itself.
    fixture.write("b.txt", "? es\nlas herra~mientas");
    let report = fixture.build();
    assert_eq!((report.documents, report.duplicates), (2, 1));
    assert_eq!(text(&fixture.open(), &key[0], 0), "las herramientas");
    assert_eq!(keys(&fixture), documents(&fixture.build_afresh(2).generation));
}

#[test]
fn a_source_that_goes_while_words_are_mended_leaves_no_trace() {
    for other in ["otro texto", "otro texto con herra~mientas"] {
        let fixture = Fixture::new();
        // It is read once, and has words by which others are judged.
        fixture.write("a.xml", "UNDEX/A/1 es\nleaving otras herra~mientas con ción y opera");
        fixture.write("b.txt", format!("UNDEX/A/1 es\n{other}"));
        fixture.write("c.txt", "UNDEX/A/2 es\nopera~ción");
        fixture.write("d.txt", "UNDEX/A/3 es\nherramientas y operación");
        let report = fixture.build();
        assert_eq!((report.failed, report.documents, report.duplicates), (0, 3, 0), "{other}");
        let generation = fixture.open();
        assert!(text(&generation, "UNDEX/A/1@es", 0).starts_with("otro texto"), "{other}");
        assert_eq!(text(&generation, "UNDEX/A/2@es", 0), "operación", "{other}");
        let afresh = fixture.build_afresh(2).generation;
        assert_eq!(generation.manifest().digest, afresh.manifest().digest, "{other}");
    }
}

#[test]
fn a_document_lost_from_a_source_that_never_rests_comes_back() {
    let mut fixture = Fixture::new();
    fixture.options.kept_bytes = 0;
    fixture.write("a.xml", "UNDEX/A/1 es\nflickering herra~mientas");
    fixture.write("b.txt", "UNDEX/A/1 es\notro texto");
    fixture.write("c.txt", "UNDEX/A/2 es\nherramientas");
    let report = fixture.build();
    let reads = fixture.extracted().iter().filter(|name| *name == "a.xml").count();
    assert_eq!(
        (reads, report.failed),
        (9, 0),
        "three attempts: alone, and twice where it is mended"
    );
    assert_eq!(documents(&fixture.open()), ["UNDEX/A/2@es", "UNDEX/A/9@es"]);
    fixture.write("a.xml", "UNDEX/A/9 es\nal fin");
    fixture.build();
    let generation = fixture.open();
    assert_eq!(text(&generation, "UNDEX/A/1@es", 0), "otro texto");
    let afresh = fixture.build_afresh(2).generation;
    assert_eq!(generation.manifest().digest, afresh.manifest().digest);
}
