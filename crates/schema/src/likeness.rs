//! Whether two paragraphs are the same, or the same but for what changes from one session to the next.
//!
//! The Assembly adopts many resolutions again every year under the same title; their paragraphs come again
//! with another session, another year and a word or two more. Each paragraph gets two numbers, kept as columns,
//! by which any two can be compared without reading their texts.

use undex_document::Document;

use crate::WordScanner;
use crate::analysis::Form;

/// Samples of the words of a paragraph; see [`Likeness`].
const SAMPLES: usize = 12;

/// Bits of each sample. Two unlike paragraphs agree in one of 16.
const SAMPLE_BITS: usize = 4;

/// Bits of the title, above the samples.
const TITLE_SHIFT: usize = SAMPLES * SAMPLE_BITS;

/// Samples in which paragraphs under one title agree when they are nearly the same: such as share some two
/// thirds of their pairs of neighbouring words.
const NEARLY: u32 = 8;

/// What two paragraphs are compared by.
///
/// `text` is a checksum of its words, folded; equal ones are the same paragraph. `near` has a checksum of the
/// title of its document and twelve samples of its pairs of neighbouring words, numbers left out on both sides:
/// the smallest value of each of twelve hash functions over the pairs (Broder's min-wise hashing, each value
/// cut to four bits), so that the share of equal samples tells the share of common pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Likeness {
    /// The checksum of the text.
    pub text: u64,
    /// The checksum of the title, and the samples.
    pub near: u64,
}

impl Likeness {
    /// That of a paragraph's text in a document of a title.
    pub(crate) fn of(text: &str, title: TitleSum) -> Self {
        let mut samples = [u64::MAX; SAMPLES];
        let (mut words, mut before) = (0, 0);
        each_word(text, |word| {
            words = mix(words ^ sum(word));
            if has_number(word) {
                return;
            }
            let pair = mix(before ^ sum(word));
            before = sum(word).rotate_left(32);
            for (number, sample) in (1u64..).zip(&mut samples) {
                *sample = (*sample).min(mix(pair ^ number));
            }
        });
        let near = samples
            .iter()
            .fold(0, |near, sample| near << SAMPLE_BITS | sample & ((1 << SAMPLE_BITS) - 1));
        Self { text: words, near: u64::from(title.0) << TITLE_SHIFT | near }
    }

    /// Whether two paragraphs are the same, or nearly the same in documents of one title.
    pub fn is_like(self, other: Self) -> bool {
        if self.text == other.text {
            return true;
        }
        let (title, same_title) = (self.near >> TITLE_SHIFT, other.near >> TITLE_SHIFT);
        title != 0 && title == same_title && equal_samples(self.near ^ other.near) >= NEARLY
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
        Self((title >> (u64::BITS - u16::BITS)) as u16)
    }
}

/// How many groups of four bits are zero.
fn equal_samples(difference: u64) -> u32 {
    const LOWEST: u64 = 0x0000_1111_1111_1111;
    let any = difference | difference >> 1 | difference >> 2 | difference >> 3;
    SAMPLES as u32 - (any & LOWEST).count_ones()
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
