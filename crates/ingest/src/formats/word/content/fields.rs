//! Fields: their instructions are no text, their results are.

/// Fields whose result belongs to the page.
const OF_THE_PAGE: [&str; 3] = ["PAGE", "NUMPAGES", "SECTIONPAGES"];

/// Fields open inside each other; Word refuses more than twenty.
const MAX_OPEN: usize = 64;

/// Bytes kept of an instruction: its name is all that counts.
const INSTRUCTION_BYTES: usize = 64;

#[derive(Clone, Debug, Default)]
struct Field {
    instruction: String,
    in_result: bool,
}

impl Field {
    fn is(&self, name: &str) -> bool {
        let word = self.instruction.split_whitespace().next();
        word.is_some_and(|word| word.eq_ignore_ascii_case(name))
    }
}

/// The fields that are open at a place in the text.
#[derive(Clone, Debug, Default)]
pub(in crate::formats::word) struct Fields {
    open: Vec<Field>,
    /// Fields beyond the most that are kept, so that their ends are not taken for others'.
    beyond: usize,
}

impl Fields {
    /// A field begins with its instruction.
    pub(in crate::formats::word) fn begin(&mut self) {
        if self.open.len() >= MAX_OPEN {
            self.beyond += 1;
            return;
        }
        self.open.push(Field::default());
    }

    /// A field whose instruction is known begins with its result.
    pub(in crate::formats::word) fn simple(&mut self, instruction: &str) {
        self.begin();
        self.instruct(instruction);
        self.separate();
    }

    /// More of the instruction.
    pub(in crate::formats::word) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.in_result) {
            let text = if field.instruction.is_empty() { text.trim_start() } else { text };
            let left = INSTRUCTION_BYTES.saturating_sub(field.instruction.len());
            field.instruction.extend(text.chars().take(left));
        }
    }

    /// The result begins.
    pub(in crate::formats::word) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut().filter(|_| self.beyond == 0) {
            field.in_result = true;
        }
    }

    /// The innermost field ends.
    pub(in crate::formats::word) fn end(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else {
            self.open.pop();
        }
    }

    /// A paragraph ends. Instructions are not longer than one: a field still in its instruction
    /// has lost its end, and must not take the rest of the text with it.
    pub(in crate::formats::word) fn end_paragraph(&mut self) {
        self.open.retain(|field| field.in_result);
        self.beyond = 0;
    }

    /// Whether text here is seen.
    pub(in crate::formats::word) fn is_shown(&self) -> bool {
        self.open
            .iter()
            .all(|field| field.in_result && !OF_THE_PAGE.iter().any(|name| field.is(name)))
    }

    /// Whether text here is the result of a table of contents.
    pub(in crate::formats::word) fn in_contents(&self) -> bool {
        self.open.iter().any(|field| field.is("TOC"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_text() {
        let mut fields = Fields::default();
        assert!(fields.is_shown());
        fields.begin();
        fields.instruct(" REF ");
        assert!(!fields.is_shown());
        // A field inside the instruction: its result is part of the instruction.
        fields.simple("PAGE");
        assert!(!fields.is_shown());
        fields.end();
        fields.separate();
        assert!(fields.is_shown());
        fields.simple(" NUMPAGES \\* Arabic");
        assert!(!fields.is_shown());
        fields.end();
        assert!(fields.is_shown());
        fields.begin();
        fields.end_paragraph();
        assert!(fields.is_shown());
        fields.simple(r#"TOC \o "1-3""#);
        assert!(fields.in_contents() && fields.is_shown());
    }

    #[test]
    fn fields_without_end() {
        let mut fields = Fields::default();
        for _ in 0..1000 {
            fields.begin();
        }
        for _ in 0..1000 {
            fields.end();
        }
        assert!(fields.is_shown());
    }
}
