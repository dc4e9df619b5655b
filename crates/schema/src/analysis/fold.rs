//! Words without their accents.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A lower-case word without accents and ligatures: `sécurité` and `œuvre` become `securite` and
/// `oeuvre`.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// As [`fold`], appended to a buffer.
pub(super) fn fold_into(word: &str, folded: &mut String) {
    if word.is_ascii() {
        folded.push_str(word);
        return;
    }
    for c in word.chars() {
        if c.is_ascii() {
            folded.push(c);
        } else if let Some(letters) = letters_without_decomposition(c) {
            folded.push_str(letters);
        } else {
            decompose_compatible(c, |part| {
                if !is_combining_mark(part) {
                    folded.push(part);
                }
            });
        }
    }
}

/// Letters that Unicode does not decompose and people type in plain letters.
fn letters_without_decomposition(c: char) -> Option<&'static str> {
    Some(match c {
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

/// Whether `form` has every accent that `typed` has, letter by letter. The accents a user left out
/// are forgiven, those typed are meant.
pub(super) fn keeps_typed_accents(typed: &str, form: &str) -> bool {
    // A ligature in the form has no counterpart letter by letter: `oeuvre` and `œuvre`.
    if typed.is_ascii() {
        return true;
    }
    let mut form_letters = form.chars();
    typed.chars().all(|typed| match form_letters.next() {
        Some(letter) => typed == letter || typed.is_ascii(),
        None => false,
    })
}

/// A word without the accents on its vowels, as it stands in headings set in capitals; `ñ` and `ç`
/// are letters and stay.
pub(super) fn without_vowel_accents(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word.chars() {
        let mut first = None;
        let mut marked = false;
        decompose_compatible(c, |part| {
            if is_combining_mark(part) {
                marked = true;
            } else if first.is_none() {
                first = Some(part);
            }
        });
        match first {
            Some(vowel @ ('a' | 'e' | 'i' | 'o' | 'u')) if marked => plain.push(vowel),
            _ => plain.push(c),
        }
    }
    plain
}
