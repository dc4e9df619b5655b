//! Words between strokes, and where running text goes on behind one.

use super::{Fault, Mode, Reader, is_segment, root_length};
use crate::symbol::words::{self, is_dash, is_space};

impl Reader<'_> {
    /// Letters and digits with full stops and hyphens between them: `237`, `CONF.157`, `S-13`,
    /// `SR.1-28`, `Add.1`.
    pub(super) fn word(&mut self) -> Result<(), Fault> {
        let mut word = String::new();
        loop {
            self.piece(&mut word)?;
            let Some(mark) = self.peek() else { break };
            let following = self.rest().get(mark.len_utf8()..).unwrap_or_default();
            let goes_on = following.starts_with(|c: char| c.is_ascii_alphanumeric());
            let stroke = word.ends_with(|c: char| c.is_ascii_digit())
                && is_segment(following, words::is_numbered_series);
            if mark == '.' && goes_on && !stroke && self.stop_belongs(&word, following) {
                word.push('.');
                self.at += 1;
            } else if mark == '.' && self.number_after_space(&word, following) {
                word.push('.');
                self.at += 1;
                self.at += following.len() - following.trim_start_matches(is_space).len();
            } else if is_dash(mark) && goes_on && self.dash_belongs(&word, following) {
                word.push('-');
                self.at += mark.len_utf8();
            } else {
                break;
            }
        }
        words::push_cased(&mut self.out, &word);
        Ok(())
    }

    /// A run of letters, of digits, or of digits with a letter or two.
    fn piece(&mut self, word: &mut String) -> Result<(), Fault> {
        let run = self.run(u8::is_ascii_alphanumeric);
        if run.is_empty() {
            return self.fault("a letter or a digit");
        }
        if self.is_provisional() {
            self.at += run.len();
            word.push_str(run);
            return Ok(());
        }
        let digits = run.bytes().take_while(u8::is_ascii_digit).count();
        let letters = run.bytes().skip(digits).take_while(u8::is_ascii_alphabetic).count();
        let running = self.mode == Mode::Running;
        if digits == 0 {
            if letters < run.len() {
                let (name, number) = run.split_at(letters);
                let series = words::is_modifier_word(name) || words::is_numbered_series(name);
                // `A/75/L22`, a slip met in print
                if word.is_empty() && series && words::is_digits(number) {
                    word.extend([name, ".", number]);
                    self.at += run.len();
                    return Ok(());
                }
                // `H1N1` is a virus; series and bodies have a full stop before their number.
                self.at += letters;
                return self.fault("a full stop before the number");
            }
            let capitals = run.bytes().all(|b| b.is_ascii_uppercase());
            if running && !capitals && !words::is_any_case(run) {
                return self.fault("a word in capitals");
            }
            word.push_str(run);
            self.at += letters;
            return Ok(());
        }
        word.push_str(run.get(..digits).unwrap_or_default());
        self.at += digits;
        let suffix = run.get(digits..).unwrap_or_default();
        // Letters of resolutions are read with what may stand between them.
        if suffix.is_empty()
            || is_segment(self.rest(), |_| false)
            || self.is_resolution() && suffix.len() <= 2
        {
            return Ok(());
        }
        if running {
            // A note mark or the next word, glued by an extractor.
            if suffix.bytes().all(|b| b.is_ascii_lowercase()) {
                return Ok(());
            }
            if suffix.len() > 1 {
                return self.fault("the end of the number");
            }
        } else if suffix.len() > 2 || suffix.bytes().any(|b| b.is_ascii_digit()) {
            return self.fault("the end of the number");
        }
        word.push_str(suffix);
        self.at += suffix.len();
        Ok(())
    }

    /// Whether a full stop is part of the word and not the end of a sentence.
    fn stop_belongs(&self, word: &str, following: &str) -> bool {
        if self.mode == Mode::Alone {
            return true;
        }
        // `COFI/2014/4.2/Rev.1`
        let digits = following.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && following.get(digits..).is_some_and(|rest| rest.starts_with('/')) {
            return true;
        }
        // The mark of a note glued to the full stop, `A/77/275.12`, or the ending of a file's name.
        let after_letters = word.ends_with(|c: char| c.is_ascii_alphabetic());
        let lower = following.bytes().take_while(u8::is_ascii_alphabetic).count();
        let next = following.get(..lower).unwrap_or_default();
        after_letters
            && (self.mode == Mode::Address
                || next.bytes().all(|b| b.is_ascii_uppercase())
                || words::is_any_case(next))
    }

    /// Whether a number stands behind a full stop and a space: `Add. 1`. A series without number
    /// ends no symbol, so this is no end of a sentence.
    fn number_after_space(&self, word: &str, following: &str) -> bool {
        let number = following.trim_start_matches(is_space);
        let spaces = following.get(..following.len() - number.len()).unwrap_or_default();
        let known = word.bytes().all(|b| b.is_ascii_alphabetic())
            && match self.mode {
                Mode::Alone => words::is_modifier_word(word) || words::is_series(word),
                Mode::Running => words::is_modifier_word(word) && !spaces.contains(['\n', '\r']),
                Mode::Address => false,
            };
        known && !spaces.is_empty() && number.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Whether a dash is part of the word: no joint symbol, no second word of the sentence.
    fn dash_belongs(&self, word: &str, following: &str) -> bool {
        if word.bytes().any(|b| b.is_ascii_digit()) && root_length(following, self.mode).is_some() {
            return false;
        }
        let after_digit = word.ends_with(|c: char| c.is_ascii_digit());
        let digit = following.starts_with(|c: char| c.is_ascii_digit());
        match self.mode {
            // Letters of resolutions have their own reading.
            _ if after_digit && !digit && self.is_resolution() => false,
            Mode::Alone | Mode::Address => true,
            Mode::Running => {
                digit || !after_digit && following.starts_with(|c: char| c.is_ascii_uppercase())
            }
        }
    }
}
