//! The same words as terms of the index.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use undex_document::Language;

use super::fold::fold_into;
use super::scan::WordScanner;
use super::stem::stem_into;

/// What becomes of the words of a text on their way into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Every word, accents folded, not stemmed: for quotes and prefixes, in any language.
    Exact,
    /// Stems of a language. French elided words (`l’`, `qu’`) and the English `’s` are left out.
    /// In languages without a stemmer the same as [`Form::Exact`].
    Stemmed(Language),
}

/// The words that lose their vowel before another one. Source: the rule of elision in French
/// grammar; the list is closed.
const FRENCH_ELISIONS: [&str; 14] =
    ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"];

impl Form {
    /// The term that a word gives, in `term`; false when it gives none.
    pub fn term_into(self, word: &WordScanner<'_>, term: &mut String) -> bool {
        let lower = word.lower();
        match self {
            Self::Stemmed(
                language @ (Language::English | Language::French | Language::Spanish),
            ) => {
                let left_out = match language {
                    Language::French => {
                        word.before_apostrophe() && FRENCH_ELISIONS.contains(&lower)
                    }
                    Language::English => word.after_apostrophe() && lower == "s",
                    _ => false,
                };
                if left_out {
                    return false;
                }
                stem_into(lower, language, term);
            }
            Self::Exact | Self::Stemmed(_) => {
                term.clear();
                fold_into(lower, term);
            }
        }
        !term.is_empty()
    }

    /// The terms of a text with their places, in order.
    pub fn tokens(self, text: &str) -> Vec<Token> {
        let mut tokenizer = FormTokenizer { form: self };
        let mut stream = tokenizer.token_stream(text);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push(stream.token().clone());
        }
        tokens
    }
}

/// [`Form`] as the engine asks for it.
#[derive(Clone, Debug)]
pub(crate) struct FormTokenizer {
    pub(crate) form: Form,
}

/// The tokens of one text.
#[derive(Debug)]
pub(crate) struct FormTokens<'t> {
    form: Form,
    words: WordScanner<'t>,
    token: Token,
}

impl Tokenizer for FormTokenizer {
    type TokenStream<'a> = FormTokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        FormTokens { form: self.form, words: WordScanner::new(text), token: Token::default() }
    }
}

impl TokenStream for FormTokens<'_> {
    fn advance(&mut self) -> bool {
        while self.words.advance() {
            // Words that give no term still take a position: a quote counts every word.
            self.token.position = self.token.position.wrapping_add(1);
            if self.form.term_into(&self.words, &mut self.token.text) {
                let range = self.words.range();
                self.token.offset_from = range.start;
                self.token.offset_to = range.end;
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
