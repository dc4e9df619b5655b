//! What a page holds once it is drawn: glyphs with their places, rules and the share of images.

/// One page as drawn. Coordinates are points from the top left corner of the visible page (its
/// crop box, turned as the page says); y grows downwards.
#[derive(Clone, Debug, Default)]
pub(in crate::formats) struct Page {
    /// From 1.
    pub number: u32,
    pub width: f32,
    pub height: f32,
    /// In drawing order.
    pub glyphs: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// The share of the page's area that images cover, 0 to 1.
    pub image_share: f32,
}

/// A drawn character, or a few drawn as one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::formats) struct Glyph {
    /// What it stands for; never empty.
    pub text: Text,
    /// The left end of its baseline.
    pub x: f32,
    /// The baseline.
    pub y: f32,
    /// How far it moves the pen, without the spacing between characters and words.
    pub width: f32,
    /// The size of the font as it shows on the page.
    pub size: f32,
    /// The width of a space in this font at this size, or an estimate.
    pub space_width: f32,
    /// Index into [`Pages::styles`](super::Pages).
    pub style: u16,
    /// False when the text is turned on the page.
    pub upright: bool,
    /// Not painted: the text recognised under a scan.
    pub hidden: bool,
    pub artifact: Artifact,
}

/// Whether the file itself marks a glyph as no part of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::formats) enum Artifact {
    /// It does not.
    #[default]
    None,
    /// Running head or foot.
    Pagination,
    /// Rules, backgrounds and what is not told.
    Other,
}

/// How glyphs look; few a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::formats) struct Style {
    pub bold: bool,
    pub italic: bool,
    /// The font's name without the tag of its subset.
    pub name: String,
    /// The font draws bars or signs for machines.
    pub barcode: bool,
}

/// A thin straight line, horizontal or vertical, drawn as a line or as a filled rectangle:
/// `x0 <= x1`, `y0 <= y1`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::formats) struct Rule {
    pub x0: f32,
    pub x1: f32,
    pub y0: f32,
    pub y1: f32,
}

/// The most bytes of one glyph's text. Ligatures hold up to three letters; the rest of a longer
/// text goes to further glyphs.
const TEXT_BYTES: usize = 11;

/// A few characters, held in place: pages have thousands of them.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(in crate::formats) struct Text {
    len: u8,
    bytes: [u8; TEXT_BYTES],
}

impl Text {
    /// The text of one character.
    pub(in crate::formats) fn of(character: char) -> Self {
        let mut text = Self::default();
        text.push(character);
        text
    }

    /// As much of a string as fits, whole characters only, and what is left of it.
    pub(in crate::formats) fn split(string: &str) -> (Self, &str) {
        let mut text = Self::default();
        for (at, character) in string.char_indices() {
            if !text.push(character) {
                return (text, string.get(at..).unwrap_or_default());
            }
        }
        (text, "")
    }

    /// Adds a character; false when there is no room for it.
    pub(in crate::formats) fn push(&mut self, character: char) -> bool {
        let start = usize::from(self.len);
        let end = start + character.len_utf8();
        match self.bytes.get_mut(start..end) {
            Some(room) => {
                character.encode_utf8(room);
                self.len = u8::try_from(end).unwrap_or(u8::MAX);
                true
            }
            None => false,
        }
    }

    pub(in crate::formats) fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }

    pub(in crate::formats) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// As UTF-8.
    pub(in crate::formats) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }

    pub(in crate::formats) fn is_space(&self) -> bool {
        match self.as_bytes() {
            [byte] => byte.is_ascii_whitespace(),
            _ => self.as_str().chars().all(char::is_whitespace),
        }
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(self.as_str(), f)
    }
}
