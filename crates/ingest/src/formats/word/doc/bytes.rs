//! Little-endian numbers at places that a file names, none of which is trusted.

/// A byte.
pub(super) fn u8_at(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

/// Two bytes.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Four bytes.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Four bytes that are a place or a length.
pub(super) fn place_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

/// A structure of positions and data, a `PLC`: one position more than there are data.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plc<'a> {
    bytes: &'a [u8],
    size: usize,
    count: usize,
}

impl<'a> Plc<'a> {
    /// Takes bytes as positions and data of `size` bytes each.
    pub(super) fn new(bytes: &'a [u8], size: usize) -> Self {
        Self { bytes, size, count: bytes.len().saturating_sub(4) / (4 + size) }
    }

    /// How many data there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// The position before a datum; that after the last one too.
    pub(super) fn position(&self, at: usize) -> Option<usize> {
        (at <= self.count).then(|| place_at(self.bytes, at * 4)).flatten()
    }

    /// A datum.
    pub(super) fn datum(&self, at: usize) -> Option<&'a [u8]> {
        let start = (self.count + 1) * 4 + at * self.size;
        (at < self.count).then(|| self.bytes.get(start..start + self.size)).flatten()
    }
}
