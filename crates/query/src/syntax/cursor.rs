//! A place in the characters of a query.

/// Walks a query character by character; columns count from 1.
#[derive(Clone, Debug)]
pub(super) struct Cursor {
    characters: Vec<char>,
    at: usize,
}

/// Whether a character opens or closes quoted text. Single quotation marks do not: they are
/// apostrophes in French and English.
pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}')
}

/// Whether a character ends a word.
fn ends_word(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_quotation_mark(c) || matches!(c, '(' | ')')
}

/// Whether a character is of what symbols have in parentheses: a year, a session, a part.
fn is_of_qualifier(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-')
}

impl Cursor {
    pub(super) fn new(text: &str) -> Self {
        Self { characters: text.chars().collect(), at: 0 }
    }

    pub(super) fn column(&self) -> usize {
        self.at + 1
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.characters.get(self.at).copied()
    }

    pub(super) fn second(&self) -> Option<char> {
        self.characters.get(self.at + 1).copied()
    }

    pub(super) fn advance(&mut self) {
        self.at = self.characters.len().min(self.at + 1);
    }

    /// Skips what parts items: white space and control characters, NUL among them.
    pub(super) fn skip_space(&mut self) {
        while self.peek().is_some_and(|c| c.is_whitespace() || c.is_control()) {
            self.advance();
        }
    }

    /// The word that begins here, without moving. Parentheses belong to it where a symbol has
    /// them: behind a stroke and without a space, as in `S/RES/1325(2000)`.
    pub(super) fn word(&self) -> String {
        let word: String = self.rest().take_while(|c| !ends_word(*c)).collect();
        if !word.contains('/') {
            return word;
        }
        let behind = self.characters.get(self.at + word.chars().count()..).unwrap_or_default();
        let ['(', behind @ ..] = behind else { return word };
        let inside: String = behind.iter().take_while(|c| is_of_qualifier(**c)).collect();
        match behind.get(inside.len()) {
            Some(')') if !inside.is_empty() => format!("{word}({inside})"),
            _ => word,
        }
    }

    /// Takes a word. Returns it with the column it begins at.
    pub(super) fn take_word(&mut self) -> (usize, String) {
        let column = self.column();
        let word = self.word();
        self.at += word.chars().count();
        (column, word)
    }

    /// Takes the value of a filter: like a word, but parentheses that open inside it belong to it,
    /// as in `S/RES/1325(2000)`.
    pub(super) fn take_value(&mut self) -> (usize, String) {
        let column = self.column();
        let mut open = 0usize;
        let mut value = String::new();
        while let Some(c) = self.peek() {
            match c {
                '(' if !value.is_empty() => open += 1,
                ')' if open > 0 => open -= 1,
                c if ends_word(c) => break,
                _ => {}
            }
            value.push(c);
            self.advance();
        }
        (column, value)
    }

    /// Takes one value of a list in parentheses: up to a comma, a space or the end of the list.
    pub(super) fn take_listed(&mut self) -> String {
        let mut open = 0usize;
        let mut value = String::new();
        while let Some(c) = self.peek() {
            match c {
                '(' => open += 1,
                ')' if open > 0 => open -= 1,
                ',' if open == 0 => break,
                c if ends_word(c) => break,
                _ => {}
            }
            value.push(c);
            self.advance();
        }
        value
    }

    /// Takes quoted text, the cursor standing on its opening mark. `None` when nothing closes it.
    pub(super) fn take_quoted(&mut self) -> Option<String> {
        self.advance();
        let text: String = self.rest().take_while(|c| !is_quotation_mark(*c)).collect();
        let length = text.chars().count();
        self.characters.get(self.at + length)?;
        self.at += length + 1;
        Some(text)
    }

    /// The name of the field that begins here, when letters and a colon do.
    pub(super) fn field(&self) -> Option<String> {
        let name: String = self.rest().take_while(|c| c.is_alphabetic()).collect();
        let colon = self.characters.get(self.at + name.chars().count());
        (!name.is_empty() && colon == Some(&':')).then_some(name)
    }

    /// Moves behind the name of a field and its colon.
    pub(super) fn skip_field(&mut self, name: &str) {
        self.at += name.chars().count() + 1;
    }

    fn rest(&self) -> impl Iterator<Item = char> {
        self.characters.get(self.at..).unwrap_or_default().iter().copied()
    }
}
