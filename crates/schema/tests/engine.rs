//! Documents through the engine and back: what is stored, what a typed word stands for, and the
//! numbers that scores depend on.

// The lint knows test functions, not the functions that help them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;

use undex_document::{
    Citation, CitedIn, Document, DocumentType, Format, IdentifiedBy, Language, Note, Paragraph,
    Pinpoint, Role, Source, Step, Symbol,
};
use undex_schema::tantivy::collector::{Count, TopDocs};
use undex_schema::tantivy::directory::MmapDirectory;
use undex_schema::tantivy::query::{Bm25StatisticsProvider, TermQuery};
use undex_schema::tantivy::schema::{Field, IndexRecordOption};
use undex_schema::tantivy::{IndexWriter, ReloadPolicy, Searcher, TantivyDocument, Term};
use undex_schema::{
    DocumentKey, DocumentRecord, Fields, QueryStem, Statistics, Vocabulary, WordList,
    create_engine, stem,
};

struct Engine {
    fields: Fields,
    searcher: Searcher,
    _folder: tempfile::TempDir,
}

fn engine(documents: &[(Document, Option<WordList>)]) -> Engine {
    let folder = tempfile::tempdir().unwrap();
    let fields = Fields::new();
    let index = create_engine(MmapDirectory::open(folder.path()).unwrap(), &fields).unwrap();
    let mut writer: IndexWriter<TantivyDocument> =
        index.writer_with_num_threads(1, 15 << 20).unwrap();
    for (document, witnesses) in documents {
        for encoded in fields.encode(document, witnesses.as_ref()).unwrap() {
            writer.add_document(encoded).unwrap();
        }
    }
    writer.commit().unwrap();
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().unwrap();
    Engine { fields, searcher: reader.searcher(), _folder: folder }
}

fn document(symbol: &str, language: Language, texts: &[&str]) -> Document {
    let symbol: Symbol = symbol.parse().unwrap();
    let paragraphs = texts.iter().zip(0u32..).map(|(text, ordinal)| Paragraph {
        ordinal,
        role: Role::Paragraph,
        label: None,
        pinpoint: Pinpoint::new(vec![Step::Paragraph((ordinal + 1).to_string())]),
        headings: Vec::new(),
        text: (*text).to_owned(),
        page: None,
        notes: Vec::new(),
        citations: Vec::new(),
    });
    Document {
        source: Source {
            path: "invented.txt".to_owned(),
            format: Format::Text,
            bytes: 0,
            sha256: String::new(),
        },
        symbols: vec![symbol.clone()],
        symbol,
        language,
        title: None,
        date: None,
        kind: DocumentType::Report,
        session: None,
        agenda_items: Vec::new(),
        identified_by: IdentifiedBy::Masthead,
        paragraphs: paragraphs.collect(),
        warnings: Vec::new(),
    }
}

fn spanish(texts: &[&str]) -> Engine {
    engine(&[(document("UNDEX/A/1", Language::Spanish, texts), None)])
}

impl Engine {
    fn count(&self, field: Field, term: &str) -> usize {
        let query = TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::Basic);
        self.searcher.search(&query, &Count).unwrap()
    }

    fn vocabulary(&self) -> Vocabulary {
        Vocabulary::new(self.searcher.clone(), self.fields.clone())
    }

    /// Paragraphs that a typed word finds.
    fn finds(&self, word: &str, language: Language) -> usize {
        let stems = self.vocabulary().query_stems(word, language).unwrap();
        assert!(stems[0].as_typed);
        stems.iter().map(|stem| self.count(self.fields.text(language), &stem.text)).sum()
    }
}

#[test]
fn accents_left_out_lose_no_hit() {
    use Language::{English, French, Spanish};
    // (language, text, typed, found, why)
    let table = [
        (Spanish, "las operaciones", "operacion", 1, "only the plural is in the corpus"),
        (Spanish, "la operación", "operacion", 1, "only the singular"),
        (Spanish, "la operación", "operaciones", 1, "the plural is typed"),
        (Spanish, "OPERACION", "operación", 1, "capitals lost the accent"),
        (Spanish, "los intereses", "interes", 1, "plural without accent, singular with"),
        (Spanish, "el interés", "intereses", 1, "the other way round"),
        (Spanish, "los países", "pais", 1, "accent stays in the plural"),
        (Spanish, "el país", "paises", 1, "typed in the plural"),
        (Spanish, "jóvenes", "jovenes", 1, "accent in the plural only"),
        (Spanish, "pública y publicó", "publica", 1, "one of two words with these letters"),
        (Spanish, "España", "espana", 1, "tilde"),
        (Spanish, "ano", "año", 0, "a tilde that was typed is meant"),
        (Spanish, "APLICACION GENERICA", "genérica", 1, "typed with accent, in capitals without"),
        (French, "la sécurité", "securite", 1, "two accents"),
        (French, "la sécurité", "sécurite", 1, "one of two typed"),
        (French, "la sécurité", "SÉCURITÉ", 1, "capitals typed"),
        (French, "LA SECURITE", "sécurité", 1, "capitals without accents in the corpus"),
        (French, "les œuvres", "oeuvre", 1, "ligature, plural"),
        (French, "l’œuvre", "oeuvre", 1, "ligature"),
        (French, "un événement", "evenements", 1, "plural typed, singular there"),
        (French, "l’État", "etat", 1, "after an elision"),
        (English, "naïve", "naive", 1, "English too"),
        (English, "resolutions", "resolution", 1, "no accent anywhere"),
        (English, "resolutions", "revolution", 0, "another word"),
    ];
    for (language, text, typed, found, why) in table {
        let engine = engine(&[(document("UNDEX/A/1", language, &[text]), None)]);
        assert_eq!(engine.finds(typed, language), found, "{typed} in {text:?}: {why}");
    }
}

#[test]
fn stems_of_a_query_have_no_repeats() {
    let engine = spanish(&["operación operaciones Operacion OPERACIÓN"]);
    let stems = engine.vocabulary().query_stems("operacion", Language::Spanish).unwrap();
    assert_eq!(stems, [QueryStem { text: stem("operación", Language::Spanish), as_typed: true }]);
}

#[test]
fn words_of_one_language_do_not_answer_for_another() {
    let engine = spanish(&["herramientas"]);
    let vocabulary = engine.vocabulary();
    let count = |word: &str, language| vocabulary.witnesses(word, language, None).unwrap();
    assert_eq!(count("Herramientas", Language::Spanish), 1);
    assert_eq!(count("herramientas", Language::French), 0);
    assert_eq!(count("herramienta", Language::Spanish), 0);
    let itself = DocumentKey::new("UNDEX/A/1".parse().unwrap(), Language::Spanish);
    assert_eq!(vocabulary.witnesses("herramientas", Language::Spanish, Some(&itself)).unwrap(), 0);
}

#[test]
fn mended_words_are_found_and_answer_nothing() {
    let mut witnesses = WordList::default();
    witnesses.add("otra ín dole");
    let mended = document("UNDEX/A/1", Language::Spanish, &["otra índole"]);
    let engine = engine(&[(mended, Some(witnesses))]);
    let vocabulary = engine.vocabulary();
    assert_eq!(vocabulary.witnesses("índole", Language::Spanish, None).unwrap(), 0);
    assert_eq!(vocabulary.witnesses("otra", Language::Spanish, None).unwrap(), 1);
    assert_eq!(engine.finds("indole", Language::Spanish), 1);
}

#[test]
fn what_is_stored_comes_back() {
    let mut original = document("UNDEX/B/C.1/2/Add.3", Language::French, &["Un paragraphe"]);
    original.title = Some("Un titre".to_owned());
    original.date = Some(undex_document::Date::new(2_021, 3, 4).unwrap());
    original.symbols.push("UNDEX/D/9".parse().unwrap());
    let paragraph = &mut original.paragraphs[0];
    // No wording of it would read back.
    paragraph.pinpoint = Pinpoint::new(vec![Step::Section("Sans mots".to_owned())]);
    paragraph.headings = vec!["Un intertitre".to_owned()];
    paragraph.notes = vec![Note { mark: "1".to_owned(), text: "Une note".to_owned() }];
    let citation = |symbols: &[&str], place: Option<&str>| Citation {
        symbol: symbols[0].parse().unwrap(),
        pinpoint: place.map(|place| place.parse().unwrap()),
        start: 0,
        end: 2,
        found_in: CitedIn::Note("1".to_owned()),
        candidates: symbols.iter().skip(1).map(|symbol| symbol.parse().unwrap()).collect(),
    };
    paragraph.citations = vec![
        citation(&["A/RES/70/237B"], Some("para. 5 (a)")),
        citation(&["A/RES/70/237B"], Some("para. 6")),
        citation(&["S/RES/5(1999)", "S/RES/5(1999)", "S/RES/6(1999)"], None),
        citation(&["UNDEX/D/9"], Some("para. 1")),
    ];
    let engine = engine(&[(original.clone(), None)]);
    let fields = &engine.fields;

    // (field, term, why)
    let table = [
        (fields.symbol, "UNDEX/B/C.1/2/Add.3", "its symbol"),
        (fields.symbol, "UNDEX/D/9", "its second symbol"),
        (fields.symbol_prefix, "UNDEX/B/C.1", "a prefix"),
        (fields.symbol_prefix, "UNDEX/D", "a prefix of the second"),
        (fields.body, "UNDEX", "the organ"),
        (fields.language, "fr", "language"),
        (fields.kind, "report", "type"),
        (fields.role, "paragraph", "role"),
        (fields.pinpoint, "sect. Sans mots", "pinpoint"),
        (fields.cites, "A/RES/70/237B", "citation"),
        (fields.cites, "A/RES/70/237", "citation of the resolution it is a part of"),
        (fields.cites_prefix, "A/RES/70", "citation by segments"),
        (fields.cites_place, "A/RES/70/237B\u{1f}para. 5 (a)", "place cited"),
        (fields.cites_place, "A/RES/70/237\u{1f}para. 5", "place around it"),
        (fields.cites, "S/RES/5(1999)", "likelier candidate"),
        (fields.cites, "S/RES/6(1999)", "another candidate"),
        (fields.cites_own, "UNDEX/D/9", "citation of itself"),
        (fields.cites_own, "UNDEX/D/9\u{1f}para. 1", "place in itself"),
        (fields.record_cites, "A/RES/70/237B", "the record by what the document cites"),
        (fields.exact, "paragraphe", "unstemmed text"),
        (fields.exact, "note", "unstemmed note"),
        (fields.notes(Language::French), "not", "stemmed note"),
        (fields.headings(Language::French), "intertitr", "stemmed heading"),
        (fields.title(Language::French), "titr", "stemmed title"),
        (fields.record_symbol, "UNDEX/D/9", "the record by its second symbol"),
    ];
    for (field, term, why) in table {
        assert_eq!(engine.count(field, term), 1, "{why}");
    }

    let key = DocumentKey::of(&original);
    let find = |term: Term| {
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        engine.searcher.search(&query, &TopDocs::with_limit(9).order_by_score()).unwrap()
    };
    let hits = find(Term::from_field_text(fields.language, "fr"));
    let (found, paragraph) = fields.paragraph(&engine.searcher, hits[0].1).unwrap();
    assert_eq!((found, &paragraph), (key.clone(), &original.paragraphs[0]));
    let records = find(fields.record_term(&key));
    let record = fields.document_record(&engine.searcher, records[0].1).unwrap();
    assert_eq!(record, DocumentRecord::of(&original));
    let cited = fields.cited_documents(&engine.searcher, records[0].1).unwrap();
    let cited: Vec<(String, u32, u32)> = cited
        .into_iter()
        .map(|one| (one.symbol.to_string(), one.paragraphs, one.unsettled))
        .collect();
    assert_eq!(cited, [("A/RES/70/237 B".into(), 1, 0), ("S/RES/5 (1999)".into(), 0, 1)]);
    for (field, term) in [
        (fields.cites, "UNDEX/D/9"),
        (fields.cites_own, "A/RES/70/237"),
        (fields.record_cites, "S/RES/5(1999)"),
        (fields.record_cites, "UNDEX/D/9"),
    ] {
        assert_eq!(engine.count(field, term), 0, "{term}");
    }
    assert_eq!(find(fields.document_term(&key)).len(), 2, "paragraph and record");
    // A record is no paragraph, and the other way round.
    assert!(fields.paragraph(&engine.searcher, records[0].1).is_err());
}

#[test]
fn languages_score_alike_whatever_their_share() {
    let english = |symbol: &str| {
        (document(symbol, Language::English, &["peace and security", "peace at sea"]), None)
    };
    let french = (document("UNDEX/F/1", Language::French, &["paix et mer", "paix en mer"]), None);
    let engine = engine(&[english("UNDEX/E/1"), english("UNDEX/E/2"), french]);
    let (statistics, _) =
        Statistics::measure(&engine.searcher, &engine.fields, &BTreeMap::new()).unwrap();
    assert_eq!(statistics.engine_documents, 9, "six paragraphs, three records");
    let provider = statistics.provider(&engine.searcher, &engine.fields);
    let rate = |language, word: &str| {
        let field = engine.fields.text(language);
        let documents = provider.total_num_docs().unwrap();
        let tokens = provider.total_num_tokens(field).unwrap();
        let found = provider.doc_freq(&Term::from_field_text(field, word)).unwrap();
        (tokens / documents, found)
    };
    assert_eq!(rate(Language::English, "peac"), (3, 9), "in every English paragraph");
    assert_eq!(rate(Language::French, "paix"), (3, 9), "in every French one");
    assert_eq!(rate(Language::Spanish, "paz"), (0, 0), "no Spanish at all");
}
