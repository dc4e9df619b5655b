//! The peer: the engine's own query parser, scores and tokenizer, with the Snowball stemmer of the language,
//! over the same paragraphs.

use rust_stemmers::{Algorithm, Stemmer};
use undex_document::Language;
use undex_schema::tantivy::collector::TopDocs;
use undex_schema::tantivy::query::QueryParser;
use undex_schema::tantivy::schema::{
    Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use undex_schema::tantivy::tokenizer::{
    LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer, Token, TokenFilter, TokenStream,
    Tokenizer,
};
use undex_schema::tantivy::{Index, Searcher, TantivyDocument, doc};

use crate::measure::Outcome;
use crate::pool::Pool;

/// Memory of the writer.
const MEMORY: usize = 64 << 20;

/// Letters of the longest word that is indexed, as in the engine's default.
const LONGEST: usize = 40;

const ANALYZER: &str = "stock";

/// Paragraphs of one language in an index of the engine's own making.
pub(crate) struct Stock {
    searcher: Searcher,
    parser: QueryParser,
    number: Field,
}

impl Stock {
    pub(crate) fn index(pool: &Pool) -> Outcome<Self> {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(ANALYZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let mut builder = Schema::builder();
        let text =
            builder.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let number = builder.add_u64_field("number", STORED);
        let index = Index::create_in_ram(builder.build());
        let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(LONGEST))
            .filter(LowerCaser)
            .filter(Snowball(algorithm(pool.language)))
            .build();
        index.tokenizers().register(ANALYZER, analyzer);
        let mut writer = index.writer_with_num_threads(1, MEMORY)?;
        for (place, content) in (0u64..).zip(&pool.texts) {
            writer.add_document(doc!(text => content.as_str(), number => place))?;
        }
        writer.commit()?;
        let searcher = index.reader()?.searcher();
        let parser = QueryParser::for_index(&index, vec![text]);
        Ok(Self { searcher, parser, number })
    }

    /// The numbers of the texts that a query finds, best first.
    pub(crate) fn search(&self, query: &str, limit: usize) -> Outcome<Vec<usize>> {
        // What people write is no query: apostrophes are syntax to it.
        let (query, _) = self.parser.parse_query_lenient(query);
        let hits = self.searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?;
        let mut found = Vec::new();
        for (_, address) in hits {
            let stored: TantivyDocument = self.searcher.doc(address)?;
            let number = stored.get_first(self.number).and_then(|value| value.as_u64());
            found.push(number.ok_or("a document without number")? as usize);
        }
        Ok(found)
    }
}

fn algorithm(language: Language) -> Algorithm {
    match language {
        Language::Spanish => Algorithm::Spanish,
        Language::French => Algorithm::French,
        _ => Algorithm::English,
    }
}

/// The engine's stemming filter, which it has for another stemming library now.
#[derive(Clone)]
struct Snowball(Algorithm);

#[derive(Clone)]
struct SnowballTokenizer<T>(Algorithm, T);

struct SnowballStream<T>(Stemmer, T);

impl TokenFilter for Snowball {
    type Tokenizer<T: Tokenizer> = SnowballTokenizer<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> SnowballTokenizer<T> {
        SnowballTokenizer(self.0, tokenizer)
    }
}

impl<T: Tokenizer> Tokenizer for SnowballTokenizer<T> {
    type TokenStream<'a> = SnowballStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        SnowballStream(Stemmer::create(self.0), self.1.token_stream(text))
    }
}

impl<T: TokenStream> TokenStream for SnowballStream<T> {
    fn advance(&mut self) -> bool {
        let more = self.1.advance();
        if more {
            let stem = self.0.stem(&self.1.token().text).into_owned();
            self.1.token_mut().text = stem;
        }
        more
    }

    fn token(&self) -> &Token {
        self.1.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.1.token_mut()
    }
}
