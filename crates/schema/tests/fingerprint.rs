//! What an index holds changes only together with the version of its format.
//!
//! An index that was written before is read by every program of the same format. Whoever changes a field,
//! the analysis of a text or what is stored would make such an index answer wrongly without anybody being
//! told. So the whole of it has a fingerprint, recorded here for the format version it belongs to.

// The lint knows test functions, not the functions that help them.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use undex_document::{
    Citation, CitedIn, Date, Document, DocumentType, Format, IdentifiedBy, Language, ListName,
    Note, Paragraph, Pinpoint, Role, Source, Step, Symbol, Warning, opening_verb,
};
use undex_schema::tantivy::Document as _;
use undex_schema::tantivy::directory::MmapDirectory;
use undex_schema::tantivy::schema::FieldType;
use undex_schema::{
    ArchiveRecord, BLOCK_BYTES, Count, DocumentKey, FORMAT_VERSION, FieldStatistics, Fields,
    FileRecord, FolderRecord, Form, IndexedDocument, Manifest, Outcome, SourceRecord, SourceTable,
    Statistics, WordList, cited_forms, create_engine, document_digest, fold, hex, lower,
    parts_digest,
};

/// The fingerprint of each format version. A line that was released is never changed.
const FINGERPRINTS: [(u32, &str); 6] = [
    (3, "4798a6b5739ed26c6f91131ef896727edd242289897c5cada004f286351f1a69"),
    (4, "f046463b0e02cd3d580dd7561c0095f7217518395d0182bfb2a9ebebe097a6dd"),
    (5, "784cef9c4961bfbd8636a091f78ac113e772a06e8ca64a09f8926c24ea14b2a2"),
    (6, "743a27c61c6a41b06f8da000dd2f854c507e892d14406e6b1c23d668e54c799a"),
    (7, "31620ed7a947f5f1257f21274bcdc9a04f6fc5d44f7ac6466e0e5750b466a065"),
    (8, "4d6225d71c59cab5265b120740602801e6e255718df78cd81fbc7e32c00ef46a"),
];

const LANGUAGES: [Language; 6] = [
    Language::Arabic,
    Language::Chinese,
    Language::English,
    Language::French,
    Language::Russian,
    Language::Spanish,
];

/// Texts that meet every rule of the analysis: accents, elisions, endings, hyphens, numbers, symbols,
/// letters with combining accents, and scripts without a stemmer.
const TEXTS: [&str; 22] = [
    "The international organizations' reports, and the internal organisation's reporting.",
    "Les États qu’ils préoccupent jusqu'à l'élaboration d’une résolution : aujourd'hui.",
    "Las operaciones y la operación; resoluciones, resolución, niñas, pingüinos, vergüenza.",
    "A/AC.290/2021/L.2, A/RES/78/237 and A/HRC/RES/32/13*; 1373 (2001); para. 29 (a)",
    "cyber-security, e-mail, co-operation, 3.5 per cent, 1,000,000, $12.50, N°5, 21st",
    "Cafe\u{301} nai\u{308}ve \u{fb01}nance \u{2126} \u{212b}ngstro\u{308}m \u{1e9e} Stra\u{df}e",
    "\u{130}stanbul \u{131}\u{15f}\u{131}k \u{3a3}\u{3ca}\u{3c3}\u{3c5}\u{3c6}\u{3bf}\u{3c2} \u{1c4} \u{1c5}",
    "Резолюция Генеральной Ассамблеи о международной безо\u{ad}пасности, всё ещё",
    "قرار الجمعية العامة بشأن الأمن الدولي، المُعتَمَد ١٢٣",
    "联合国大会关于国际安全的决议第七十八届会议",
    "it's its' O'Neill’s rock'n'roll l'Organisation s'il n’est",
    "\u{200b}zero\u{200d}width\u{feff} soft\u{ad}hyphen non\u{2011}breaking\u{a0}space",
    "UPPER lower MiXeD ALLCAPS snake_case a.b.c x+y C++ #tag @name 100%",
    "",
    " \t\n—–…«»“”‘’",
    "authorities, authors; género, generar, información, informe; également, traités, commission",
    "gobiernos próximos decidimos sociedades eficaces eficazmente realice apliquen fortalezcan promueva",
    "intensificación garantizar capaz voz libertades basándonos juez",
    "conflits divers continuent réaffirment finissent médiatrices permettre répondra maintiendra travaux",
    "tient laissent emploient moment reconnaît justifie jouissent univers matrice",
    "crises labour centres prioritise revised undertook programmes",
    "running runs ran runner easily fairly generously nationalities conditional",
];

/// Clauses that meet every rule of opening verbs.
const CLAUSES: [&str; 6] = [
    "Once again strongly condemns the frost;",
    "Takes note with appreciation of the harvest;",
    "Having considered the pears,",
    "Nos comprometemos también a regar; acoge con beneplácito la cosecha.",
    "Se déclare profondément préoccupée par le gel ;",
    "S’engage à arroser ;",
];

fn schema(fields: &Fields) -> String {
    serde_json::to_string(fields.schema()).unwrap()
}

/// Every text through every analyzer that the schema names, and through our own functions.
fn analysis(fields: &Fields) -> String {
    let folder = tempfile::tempdir().unwrap();
    let index = create_engine(MmapDirectory::open(folder.path()).unwrap(), fields).unwrap();
    let mut out = String::new();
    for (_, entry) in fields.schema().fields() {
        let FieldType::Str(options) = entry.field_type() else { continue };
        let Some(indexing) = options.get_indexing_options() else { continue };
        let mut analyzer = index.tokenizers().get(indexing.tokenizer()).unwrap();
        for text in TEXTS {
            let mut stream = analyzer.token_stream(text);
            while stream.advance() {
                out.push_str(&format!("{} {:?}\n", entry.name(), stream.token()));
            }
        }
    }
    let forms = LANGUAGES.map(Form::Stemmed);
    for text in TEXTS {
        for form in forms.into_iter().chain([Form::Exact]) {
            out.push_str(&format!("{form:?} {:?}\n", form.tokens(text)));
        }
        out.push_str(&format!("{:?} {:?}\n", fold(text), lower(text)));
    }
    for (clause, role) in CLAUSES.iter().zip([Role::Operative, Role::Preambular].iter().cycle()) {
        let verbs = LANGUAGES.map(|language| opening_verb(clause, *role, language));
        out.push_str(&format!("{verbs:?}\n"));
    }
    for symbol in ["A/RES/217A(III)", "A/RES/74/255A-B", "A/75/816/Add.1", "S/RES/1373(2001)"] {
        let symbol: Symbol = symbol.parse().unwrap();
        out.push_str(&format!("{symbol} {:?}\n", cited_forms(&symbol)));
    }
    out
}

/// A document with every kind of part.
fn document(language: Language) -> Document {
    let symbol: Symbol = "A/RES/78/237".parse().unwrap();
    let steps = vec![
        Step::Resolution("A".into()),
        Step::Decision("1/CP.21".into()),
        Step::Annex(Some("I".into())),
        Step::Appendix(None),
        Step::Part("One".into()),
        Step::Chapter("II".into()),
        Step::Section("B".into()),
        Step::Article("5".into()),
        Step::Paragraph("29".into()),
        Step::Preambular(2),
        Step::Item(ListName::Recommendation, "3".into()),
        Step::Point("a".into()),
        Step::Bullet(1),
        Step::Unnumbered(4),
        Step::Heading(5),
        Step::Table(6),
        Step::Title,
        Step::Masthead(7),
        Step::Opening,
        Step::Closing(8),
        Step::Again(2),
    ];
    let cited = |symbol: &str, place: Option<Step>, found_in: CitedIn| Citation {
        symbol: symbol.parse().unwrap(),
        pinpoint: place.map(|step| Pinpoint::new(vec![step])),
        start: 4,
        end: 12,
        found_in,
        candidates: Vec::new(),
    };
    let mut citations = vec![
        cited("A/RES/74/255A-B", None, CitedIn::Text),
        cited("A/75/816", Some(Step::Paragraph("29".into())), CitedIn::Note("1".into())),
        cited("A/RES/78/237", Some(Step::Paragraph("3".into())), CitedIn::Text),
    ];
    let mut unsettled = cited("A/C.3/68/7", None, CitedIn::Text);
    unsettled.candidates = vec!["A/C.3/68/7".parse().unwrap(), "A/68/7".parse().unwrap()];
    citations.push(unsettled);
    let paragraphs = (0u32..).zip(&steps).map(|(ordinal, step)| Paragraph {
        ordinal,
        role: *Role::ALL.get(ordinal as usize % Role::ALL.len()).unwrap(),
        label: (ordinal % 2 == 0).then(|| ordinal.to_string()),
        pinpoint: Pinpoint::new(vec![step.clone()]),
        headings: vec!["First heading".to_owned(), "Título segundo".to_owned()]
            .into_iter()
            .take(ordinal as usize % 3)
            .collect(),
        text: TEXTS.get(ordinal as usize % TEXTS.len()).unwrap().to_string(),
        page: (ordinal % 3 == 1).then_some(ordinal),
        notes: vec![Note { mark: "1".to_owned(), text: "See A/75/816, para. 29.".to_owned() }],
        citations: if ordinal % 4 == 0 { citations.clone() } else { Vec::new() },
    });
    Document {
        source: Source {
            path: "invented/a.xml".to_owned(),
            format: Format::Akn,
            bytes: 1_234,
            sha256: "0".repeat(64),
        },
        symbols: vec![symbol.clone(), "A/78/L.9".parse().unwrap()],
        symbol,
        language,
        title: Some("Information and telecommunications".to_owned()),
        date: Some(Date::constant(2023, 12, 22)),
        kind: DocumentType::Resolution,
        session: Some("78".to_owned()),
        agenda_items: vec!["96".to_owned()],
        identified_by: IdentifiedBy::Metadata,
        paragraphs: paragraphs.collect(),
        warnings: vec![Warning { code: "note-text-lost".to_owned(), message: "gone".to_owned() }],
    }
}

fn encoded(fields: &Fields) -> String {
    let mut witnesses = WordList::default();
    witnesses.add("words that were there before");
    let mut out = String::new();
    for language in LANGUAGES {
        let mut document = document(language);
        for words in [None, Some(&witnesses)] {
            for one in fields.encode(&document, words).unwrap() {
                out.push_str(&one.to_json(fields.schema()));
                out.push('\n');
            }
            document.date = None;
            document.title = None;
        }
        out.push_str(&document_digest(&DocumentKey::of(&document), &document.paragraphs));
    }
    out
}

/// The files that are ours, with every member.
fn files() -> String {
    let document: DocumentKey = "UNDEX/A/1@en".parse().unwrap();
    let statistics = Statistics {
        engine_documents: 3,
        fields: BTreeMap::from([("text".to_owned(), FieldStatistics { documents: 1, tokens: 2 })]),
    };
    let manifest = Manifest {
        format: 0,
        generation: 7,
        undex: "0.0.0".to_owned(),
        digest: "d".to_owned(),
        counts: vec![Count {
            language: Language::English,
            kind: DocumentType::Report,
            documents: 1,
            paragraphs: 2,
        }],
        segments: BTreeMap::from([("segment".to_owned(), statistics.clone())]),
        statistics,
        files: vec![FileRecord {
            name: "a".to_owned(),
            bytes: 1,
            sha256: "s".to_owned(),
            crc32: "c".to_owned(),
        }],
    };
    let record = |outcome: Outcome| SourceRecord {
        path: "corpus/a.md".to_owned(),
        bytes: 1,
        modified: Some(2),
        crc32: Some(3),
        sha256: Some("s".to_owned()),
        circumstances: "c".into(),
        outcome,
        warnings: vec![Warning { code: "w".to_owned(), message: "m".to_owned() }],
        undecided: vec!["a b".to_owned()],
        confirmed: vec!["c d".to_owned()],
    };
    let (code, message) = ("c".to_owned(), "m".to_owned());
    let sources = SourceTable {
        scanned_at: 5,
        extraction: 4,
        basis: "b".to_owned(),
        folders: vec![FolderRecord {
            path: "corpus".to_owned(),
            modified: Some(3),
            changed: 4,
            folders: vec!["more".to_owned()],
        }],
        archives: vec![ArchiveRecord { path: "a.zip".to_owned(), bytes: 1, modified: 2 }],
        sources: vec![
            record(Outcome::Indexed(IndexedDocument {
                document: document.clone(),
                format: Format::Markdown,
                kind: DocumentType::Report,
                paragraphs: 2,
                digest: "d".to_owned(),
            })),
            record(Outcome::Duplicate { document, of: "b".to_owned() }),
            record(Outcome::Skipped { code: code.clone(), message: message.clone() }),
            record(Outcome::Failed { code, message }),
        ],
        closed: Vec::new(),
    };
    let sources = sources.files().unwrap().files;
    let sources = sources.iter().map(|file| format!("{} {}", file.name, hex(&file.content)));
    serde_json::to_string(&manifest).unwrap() + &sources.collect::<String>()
}

#[test]
fn a_change_of_what_is_written_raises_the_format_version() {
    let fields = Fields::new();
    let parts = [schema(&fields), analysis(&fields), encoded(&fields), files()];
    let blocks = BLOCK_BYTES.to_string();
    let all = parts.iter().chain([&blocks]).map(|part| part.as_bytes());
    let found = parts_digest(all);
    let recorded = FINGERPRINTS.iter().find(|(version, _)| *version == FORMAT_VERSION);
    let each = parts.each_ref().map(|part| parts_digest([part.as_bytes()]));
    assert!(
        recorded.is_some_and(|(_, recorded)| *recorded == found),
        "what format {FORMAT_VERSION} writes is not what is recorded for it: raise FORMAT_VERSION in \
         crates/schema/src/layout/manifest.rs, add the line ({}, \"{found}\") to FINGERPRINTS here, \
         and an index of the new format to tests/fixtures/formats\n\
         schema {}\nanalysis {}\nencoded documents {}\nfiles {}",
        if recorded.is_some() { FORMAT_VERSION + 1 } else { FORMAT_VERSION },
        each[0],
        each[1],
        each[2],
        each[3],
    );
}

#[test]
fn every_part_counts() {
    let fields = Fields::new();
    // What is hashed must hold what it is about, or the test above could not fail.
    assert!(schema(&fields).contains("stored_cites"));
    let analysis = analysis(&fields);
    for stem in [
        "\"organiz\"",
        "\"international\"",
        "\"intern\"",
        "\"resolu",
        "\"резолюция\"",
        "\"operacion\"",
    ] {
        assert!(analysis.contains(stem), "{stem}");
    }
    let encoded = encoded(&fields);
    assert!(encoded.contains("A/75/816") && encoded.contains("A/RES/74/255B"));
    assert_eq!(encoded, self::encoded(&fields), "not the same each time");
}
