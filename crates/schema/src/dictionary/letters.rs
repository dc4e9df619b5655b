//! Which letters a word has and how many, to be compared in a few steps before the word is.

/// The letters of a word, in no order: there are as many of these as there are words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Letters {
    /// A bit for each, below the bits in which they are counted. Letters that share a bit are taken for one another,
    /// so that a word may seem to have a letter that it has not, but never the other way round.
    bits: u64,
}

/// The bits for letters. The small letters of ASCII have one each.
const SET_BITS: u32 = u64::BITS - u8::BITS;

/// The letters as bits.
const SET: u64 = (1 << SET_BITS) - 1;

impl Letters {
    pub(super) fn of(letters: impl Iterator<Item = char>) -> Self {
        let (mut set, mut count) = (0, 0_u8);
        for letter in letters {
            set |= 1 << (u32::from(letter) % SET_BITS);
            count = count.saturating_add(1);
        }
        Self { bits: set | u64::from(count) << SET_BITS }
    }

    /// How many there are, repeats counted; no more are counted than [`u8::MAX`], and no word has so many.
    pub(super) fn count(self) -> usize {
        usize::try_from(self.bits >> SET_BITS).unwrap_or(usize::MAX)
    }

    /// Whether a word that has those letters may have all of these but so many, repeats not counted.
    pub(super) fn may_be_in(self, those: Self, missing: u8) -> bool {
        // Each step takes the lowest bit away.
        let step = |bits: u64, _| bits & bits.wrapping_sub(1);
        (0..missing).fold(self.bits & !those.bits & SET, step) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_is_there_is_never_missing() {
        let of = |word: &str| Letters::of(word.chars());
        let table = [
            ("peace", "peaceful", 0),
            ("peace", "pace", 0),
            ("peace", "pact", 1),
            ("", "été", 0),
            ("été", "", 2),
            ("abcdefghijklmnopqrstuvwxyz", "", 26),
        ];
        for (letters, word, missing) in table {
            for allowed in 0..30 {
                let may = of(letters).may_be_in(of(word), allowed);
                assert_eq!(may, missing <= allowed, "{letters} in {word}, {allowed}");
            }
        }
        for letter in ('\0'..='\u{2fff}').chain(['\u{a78f}', '😀', char::MAX]) {
            let alone = Letters::of([letter].into_iter());
            assert!(alone.may_be_in(of(&format!("x{letter}")), 0), "{letter}");
        }
    }

    #[test]
    fn letters_are_counted_and_not_bytes() {
        for (word, count) in
            [("été", 3), ("", 0), (&*"e".repeat(255), 255), (&*"e".repeat(256), 255)]
        {
            assert_eq!(Letters::of(word.chars()).count(), count, "{word}");
        }
    }
}
