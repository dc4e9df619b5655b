//! Small damage to files, the same for the same seed.

/// A generator of numbers that look random: SplitMix64, which any seed starts well.
#[derive(Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    /// A number below a bound that is not zero.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// A part of something so long: its start and its end.
    fn range(&mut self, length: usize, longest: usize) -> (usize, usize) {
        let start = self.below(length + 1);
        (start, (start + self.below(longest.min(length) + 1)).min(length))
    }
}

/// Numbers at which programs go wrong, as they are written in files.
const NUMBERS: [&[u8]; 12] = [
    b"0",
    b"-1",
    b"1",
    b"255",
    b"65536",
    b"2147483647",
    b"-2147483648",
    b"4294967295",
    b"9223372036854775807",
    b"18446744073709551616",
    b"1e309",
    b"0.0000000000000001",
];

/// The most that one splice takes or gives, in bytes.
const LONGEST_PIECE: usize = 4_096;
/// The most bits that are flipped in one file.
const MOST_FLIPS: usize = 64;

/// The file with damage of one to three kinds; `other` is where foreign pieces come from.
pub(crate) fn mutate(file: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut out = file.to_vec();
    for _ in 0..=random.below(3) {
        match random.below(8) {
            0 => flip(&mut out, random),
            1 => cut(&mut out, random),
            2 => drop_piece(&mut out, random),
            3 => repeat_piece(&mut out, random),
            4 => splice(&mut out, other, random),
            5 => swap_tokens(&mut out, random),
            6 => change_number(&mut out, random),
            _ => overwrite(&mut out, random),
        }
    }
    out
}

fn flip(out: &mut [u8], random: &mut Random) {
    if out.is_empty() {
        return;
    }
    for _ in 0..=random.below(MOST_FLIPS) {
        let at = random.below(out.len());
        out[at] ^= 1 << random.below(8);
    }
}

fn cut(out: &mut Vec<u8>, random: &mut Random) {
    out.truncate(random.below(out.len() + 1));
}

fn drop_piece(out: &mut Vec<u8>, random: &mut Random) {
    let (start, end) = random.range(out.len(), LONGEST_PIECE);
    out.drain(start..end);
}

fn repeat_piece(out: &mut Vec<u8>, random: &mut Random) {
    let (start, end) = random.range(out.len(), 256);
    let piece = out[start..end].repeat(1 + random.below(200));
    out.splice(start..start, piece);
}

fn splice(out: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    let (from, to) = random.range(other.len(), LONGEST_PIECE);
    let (start, end) = random.range(out.len(), LONGEST_PIECE);
    out.splice(start..end, other[from..to].iter().copied());
}

/// Two words of the file change places, as names of objects, elements and operators do.
fn swap_tokens(out: &mut Vec<u8>, random: &mut Random) {
    let (first, second) = (token(out, random), token(out, random));
    let (first, second) = if first <= second { (first, second) } else { (second, first) };
    if first.1 > second.0 {
        return;
    }
    let swapped = [
        &out[..first.0],
        &out[second.0..second.1],
        &out[first.1..second.0],
        &out[first.0..first.1],
        &out[second.1..],
    ];
    *out = swapped.concat();
}

/// The word at or after a random place.
fn token(out: &[u8], random: &mut Random) -> (usize, usize) {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric();
    let at = random.below(out.len() + 1);
    let start = at + out[at..].iter().position(is_word).unwrap_or(out.len() - at);
    let length = out[start..].iter().take(64).take_while(|byte| is_word(byte)).count();
    (start, start + length)
}

fn change_number(out: &mut Vec<u8>, random: &mut Random) {
    let at = random.below(out.len() + 1);
    let digits = out[at..].iter().position(u8::is_ascii_digit);
    let Some(start) = digits.map(|offset| at + offset) else { return };
    let length = out[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = NUMBERS[random.below(NUMBERS.len())];
    out.splice(start..start + length, number.iter().copied());
}

fn overwrite(out: &mut [u8], random: &mut Random) {
    let (start, end) = random.range(out.len(), 16);
    let value = [0, 0xFF, 0x7F, 0x80, b' ', b'<', b'(', b'['][random.below(8)];
    out[start..end].fill(value);
}
