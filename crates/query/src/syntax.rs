//! The query language: from the text a person types to an [`Expression`]. It is described at
//! [`parse`].

mod cursor;
mod error;
mod expression;
mod filter;
mod parser;
mod weight;
mod word;

pub use error::{QueryError, QueryLimit, SyntaxError};
pub use expression::{Expression, Filter, TextField};
pub(crate) use filter::of_assembly;
pub use weight::{Weight, WeightError};
pub(crate) use word::wildcards;

/// The longest query, in bytes: a page of prose, more than anybody types.
pub const MAX_QUERY_BYTES: usize = 4 * 1024;

/// The deepest nesting of parentheses and negations.
pub const MAX_DEPTH: usize = 32;

/// The most words, phrases, prefixes and filters in one query.
pub const MAX_CLAUSES: usize = 256;

/// The greatest distance of `NEAR/n`, and the greatest slop of a phrase: most paragraphs are no longer.
pub const MAX_DISTANCE: u32 = 100;

/// The distance of `NEAR` without a number, about half a sentence.
pub(crate) const NEAR_DISTANCE: u32 = 10;

/// The most letters in which a fuzzy word may differ. With three, short words are near most others.
pub(crate) const MAX_FUZZY_DISTANCE: u8 = 2;

/// Reads a query.
///
/// ```text
/// query    = any
/// any      = all *( "OR" all )
/// all      = wanted *( "AND" wanted )
/// wanted   = 1*item
/// item     = *( "NOT" | "-" ) near
/// near     = primary [ ( "NEAR" | "NEAR/" number ) primary ]
/// primary  = "(" any ")" [ weight ] | [ field ":" ] ( term | phrase ) [ weight ] | filter
/// term     = word | word "*" | word with wildcards | word "~" [ "1" | "2" ]
/// phrase   = quoted [ "~" number ]
/// weight   = "^" number
/// field    = "title" | "heading" | "section" | "note" | "verb"
/// filter   = name ":" ( value *( "," value ) | "(" value *( "," value ) ")" )
/// name     = "symbol" | "body" | "cites" | "lang" | "type" | "role" | "year" | "date"
/// quoted   = any double quotation mark, text, any double quotation mark
/// ```
///
/// | written | finds |
/// |---|---|
/// | `puntos de contacto` | paragraphs with these words in any form; see [`Combination`](crate::Combination) |
/// | `"puntos de contacto"` | exactly these words in this order, accents and case aside |
/// | `"puntos contacto"~3` | these words in this order, with at most three other words between them altogether |
/// | `puntos NEAR/5 contacto` | both, in either order, at most five words from one to the other; `NEAR` is `NEAR/10` |
/// | `confian*` | words that begin so |
/// | `wom?n`, `organi?ation*`, `*security` | words of this form; `?` is one letter, `*` any number, also none |
/// | `word~`, `word~1`, `word~2` | also words in which one or two letters differ |
/// | `a AND b`, `a OR b`, `NOT a`, `-a` | operators in capitals; `and`, `or`, `not` are words |
/// | `(a OR b) c` | parentheses group |
/// | `a^2`, `"a b"^0.5`, `(a b)^3` | the same, with its score multiplied by that |
/// | `title:cyber`, `heading:"next steps"`, `note:ibid` | only there |
/// | `section:"next steps"` | another name of `heading:`: paragraphs under a heading with these words |
/// | `verb:requests`, `verb:"takes note"` | clauses of resolutions that open with this verb, in any form |
/// | `symbol:A/RES/78/237`, `symbol:A/AC.290/*` | this document; everything under these segments |
/// | `body:A/AC.290` | documents of this organ or body |
/// | `cites:A/70/174`, `cites:A/RES/70/*` | paragraphs that cite this document; one under these segments; `cites:70/237` is the resolution |
/// | `lang:es`, `type:draft-resolution`, `role:operative` | by language, type, role |
/// | `year:2015`, `year:2015..2021`, `date:2015-03..` | by date; an end may be left out |
/// | `lang:es,fr`, `year:(2015, 2019..2021)` | any of these values; a quoted value is one |
/// | `A/RES/78/237`, `70/237` | the number in the text; of a whole symbol also what cites it and its own paragraphs |
///
/// `NEAR` binds tightest, then negation, then juxtaposition, then `AND`, and `OR` last. Side by side,
/// plain words, prefixes, words with wildcards and fuzzy words are wanted while phrases, `NEAR`,
/// fields, filters, groups and negations are demanded. A
/// hyphen negates only in front of an item. Words of title and headings are stems there, also in
/// quotes. Accents, case and the kind of quotation mark make no difference.
///
/// **Distances.** A phrase with slop matches where its words stand in the order of the query and no more
/// than that many words stand between the first and the last that the phrase does not have there; it
/// never matches in another order. With `NEAR/n` there are at most `n` steps from the last word of the one
/// to the first word of the other, whichever is first: neighbours are one step apart, and the two never
/// overlap. Both match within one text or one note and never across. The nearer the words, the higher
/// the score. Words beside `NEAR` match in all their forms: every word of the index, in the languages
/// searched, that has the same stem and begins as the stem does but for its last letter. Words in
/// quotes match as they stand. Items beside `NEAR` are words, prefixes, words with wildcards, fuzzy words
/// and phrases without slop; two `NEAR` in a row are joined by `AND`. Distances go up to
/// [`MAX_DISTANCE`].
///
/// **Wildcards** are compared with words as the index holds them, without accents. A question mark is one
/// only with a letter, digit or star behind it; otherwise it ends a question.
///
/// **Fuzzy words.** A letter left out, put in, replaced, or swapped with its neighbour is one
/// difference. A tilde alone allows one for words of up to five letters, and two for longer ones; a number
/// behind it must be smaller than that of the word's letters. What is nearest to the word counts most: by
/// this word alone, a paragraph with a nearer one never scores less than a paragraph with a farther one.
///
/// **Weights** go from 0.01 to 100 in hundredths, and so do the products of weights around each other.
/// They change the order and not what is found.
///
/// # Errors
/// [`QueryError::Syntax`] with the column where the text stops making sense, what stands there and
/// what was expected; [`QueryError::Limit`] when a bound is met.
pub fn parse(text: &str) -> Result<Expression, QueryError> {
    parser::parse(text)
}
