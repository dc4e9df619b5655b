//! Little data that becomes much.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compress, Compression, FlushCompress};

/// The largest prime below 65,536, by which Adler-32 counts.
const ADLER: u64 = 65_521;
/// What one repeated block of a bomb becomes.
const UNIT: usize = 1 << 20;

/// zlib data of these bytes.
pub(crate) fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// zlib data, sound to the last byte, of so many MiB of zeros: a thousandth of it in size.
pub(crate) fn zlib_of_zeros(mebibytes: usize) -> Vec<u8> {
    let mut out = vec![0x78, 0x9C];
    out.extend(deflate_of(b"", 0, mebibytes, b""));
    // Adler-32 of zeros: the low half stays 1, the high half counts the bytes.
    let length = (mebibytes * UNIT) as u64;
    out.extend((((length % ADLER) << 16 | 1) as u32).to_be_bytes());
    out
}

/// Deflate data of a beginning, so many MiB of one byte, and an end.
pub(crate) fn deflate_of(before: &[u8], filler: u8, mebibytes: usize, after: &[u8]) -> Vec<u8> {
    let mut compress = Compress::new(Compression::best(), false);
    let mut out = block(&mut compress, before, FlushCompress::Full);
    // After a full flush a block refers to nothing before it, so it can be repeated.
    let unit = block(&mut compress, &vec![filler; UNIT], FlushCompress::Full);
    for _ in 0..mebibytes {
        out.extend(&unit);
    }
    out.extend(block(&mut compress, after, FlushCompress::Finish));
    out
}

fn block(compress: &mut Compress, data: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() + 1024);
    compress.compress_vec(data, &mut out, flush).unwrap();
    out
}

/// LZW data, as PDF has it, of zeros: each round of the code table becomes 7 MB.
pub(crate) fn lzw_of_zeros(rounds: usize) -> Vec<u8> {
    const CLEAR: u32 = 256;
    const END: u32 = 257;
    /// The codes of one round; PDF widens a code one entry early, which leaves the last out.
    const LAST: u32 = 4_093;
    let mut bits = Bits::default();
    for _ in 0..rounds {
        bits.push(CLEAR, 9);
        bits.push(0, 9);
        for code in 258..=LAST {
            // The table has `code` entries when this code, which is its own newest, is written.
            let width = match code {
                ..=510 => 9,
                511..=1022 => 10,
                1023..=2046 => 11,
                _ => 12,
            };
            bits.push(code, width);
        }
    }
    bits.push(END, 12);
    bits.finish()
}

/// Bits, the highest first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u32, width: u32) {
        self.held = self.held << width | value;
        self.count += width;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.held >> self.count) as u8);
            self.held &= (1 << self.count) - 1;
        }
    }

    fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.push(0, 8 - self.count);
        }
        self.bytes
    }
}
