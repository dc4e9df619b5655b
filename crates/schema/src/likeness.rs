//! Whether two paragraphs are the same, or the same but for what changes from one session to the next.
//!
//! The Assembly adopts many resolutions again every year under the same title; their paragraphs come again
//! with another session, another year and a word or two more. Each paragraph gets two numbers, kept as columns,
//! by which any two can be compared without reading their texts.

use std::sync::LazyLock;

use undex_document::Document;

use crate::WordScanner;
use crate::analysis::Form;

/// Samples of the words of a paragraph; see [`Likeness`].
const SAMPLES: usize = u64::BITS as usize;

/// The hash functions that choose them: each multiplies by one of these, which permutes the numbers.
static FACTORS: LazyLock<[u32; SAMPLES]> =
    LazyLock::new(|| std::array::from_fn(|number| mix(number as u64) as u32 | 1));

/// Samples in which paragraphs under one title agree when they are nearly the same. Unlike ones agree in half of
/// them by chance; such as share two thirds of their pairs of neighbouring words, in five sixths.
const NEARLY: u32 = 53;

/// Bits of the title, above those of the text.
const TITLE_SHIFT: u32 = u64::BITS - u16::BITS;

/// What two paragraphs are compared by.
///
/// `text` is a checksum of the title of its document, numbers left out, and below it one of its own words,
/// folded; equal ones are the same paragraph. `near` has a bit for each of 64 samples of its pairs of
/// neighbouring words, numbers left out: of the pair with the smallest value of a hash function. Two paragraphs
/// choose the same pair as often as they share pairs (Broder's min-wise hashing, of each value one bit: Li and
/// König, 2010).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Likeness {
    /// The checksums of the title, in 16 bits, and of the text, in 48.
    pub text: u64,
    /// The samples.
    pub near: u64,
}

impl Likeness {
    /// That of a paragraph's text in a document of a title.
    pub(crate) fn of(text: &str, title: TitleSum) -> Self {
        let mut smallest = [u32::MAX; SAMPLES];
        let (mut words, mut before) = (0, 0);
        each_word(text, |word| {
            let word_sum = sum(word);
            words = mix(words ^ word_sum);
            if has_number(word) {
                return;
            }
            let pair = mix(before ^ word_sum) as u32;
            before = word_sum.rotate_left(32);
            for (smallest, factor) in smallest.iter_mut().zip(*FACTORS) {
                *smallest = (*smallest).min(pair.wrapping_mul(factor));
            }
        });
        let bit = |value: &u32| u64::from(value.count_ones() & 1);
        Self {
            text: u64::from(title.0) << TITLE_SHIFT | words >> u16::BITS,
            near: smallest.iter().fold(0, |near, value| near << 1 | bit(value)),
        }
    }

    /// What the same paragraph has under any title.
    pub fn text_alone(self) -> u64 {
        self.text << u16::BITS
    }

    /// The checksum of the title; 0 for none.
    pub fn title(self) -> u64 {
        self.text >> TITLE_SHIFT
    }

    /// Whether two paragraphs are the same, or nearly the same in documents of one title.
    pub fn is_like(self, other: Self) -> bool {
        if self.text_alone() == other.text_alone() {
            return true;
        }
        let title = self.title();
        let equal = u64::BITS - (self.near ^ other.near).count_ones();
        title != 0 && title == other.title() && equal >= NEARLY
    }
}

/// The checksum of a title in 16 bits; 0 for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TitleSum(u16);

impl TitleSum {
    /// That of a document's title, without the numbers in it: sessions and years.
    pub(crate) fn of(document: &Document) -> Self {
        let mut title = 0;
        each_word(document.title.as_deref().unwrap_or_default(), |word| {
            if !has_number(word) {
                title = mix(title ^ sum(word));
            }
        });
        Self((title >> TITLE_SHIFT) as u16)
    }
}

fn each_word(text: &str, mut each: impl FnMut(&str)) {
    let (mut words, mut term) = (WordScanner::new(text), String::new());
    while words.advance() {
        if Form::Exact.term_into(&words, &mut term) {
            each(&term);
        }
    }
}

fn has_number(word: &str) -> bool {
    word.chars().any(char::is_numeric)
}

fn sum(word: &str) -> u64 {
    mix(u64::from(crc32fast::hash(word.as_bytes())))
}

/// Spreads a number over all 64 bits; the finalizer of SplitMix64 (Steele, Lea and Flood, 2014).
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_but_for_the_session_is_like() {
        let orchard = "Requests the Secretary-General to submit to the General Assembly at its \
                       seventy-eighth session a report on the state of the orchards, including pears, \
                       and to make recommendations on how frost can be kept from them, under the item \
                       entitled Orchards";
        let next = orchard.replace("seventy-eighth", "seventy-ninth");
        let other = "Requests the Secretary-General to make available to the gardeners the ladders that \
                     they need, and to report to the Assembly on the matter of hedges and of fences, \
                     including their height";
        // (text, title, other text, other title, like)
        let table = [
            (orchard, "Orchards", orchard, "Orchards", true),
            (orchard, "Orchards", orchard, "Meadows", true),
            (orchard, "Orchards", next.as_str(), "Orchards", true),
            (orchard, "Orchards in 2024", next.as_str(), "Orchards in 2025", true),
            (orchard, "Orchards", next.as_str(), "Meadows", false),
            (orchard, "", next.as_str(), "", false),
            (orchard, "Orchards", other, "Orchards", false),
            ("Recalling its resolution 70/1,", "", "Recalling its resolution 71/1,", "", false),
        ];
        for (text, title, other, other_title, like) in table {
            let of = |text: &str, title: &str| {
                let titled = TitleSum(match title {
                    "" => 0,
                    title => {
                        mix(title.chars().filter(|c| c.is_alphabetic()).map(u64::from).sum()) as u16
                            | 1
                    }
                });
                Likeness::of(text, titled)
            };
            assert_eq!(of(text, title).is_like(of(other, other_title)), like, "{text} / {other}");
        }
    }
}
