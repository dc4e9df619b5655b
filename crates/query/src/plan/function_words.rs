//! Words that questions are made of and answers do not depend on.
//!
//! Articles, prepositions, pronouns, conjunctions, auxiliaries and question words, folded. Left out
//! are those that name a subject in another of the three languages: `main` and `sur` (French for
//! hand, Spanish for south), `once`, `pays`.

use std::collections::HashSet;
use std::sync::LazyLock;

const ENGLISH: &str = "a about all also an and any are as at be been between but by can could did \
    do does for from had has have how i if in into is it its may no nor not of on or our s shall \
    she should so such than that the their them then there these they this those through to was \
    we were what when where whether which while who whose why will with would you your";

const FRENCH: &str = "afin ainsi au aucun aussi autre autres aux avec ce cela celle celui ces cet \
    cette ceux comme comment d dans de des donc dont du elle elles en entre est et etaient etait \
    etant ete etre eux font il ils j je l la le les leur leurs lors ne ni nos notre nous on ont ou \
    par pas peut peuvent plus pour qu quand que quel quelle quelles quels qui quoi sa sans se ses \
    si son sont tel telle telles tels tous tout toute toutes un une vos votre vous y";

const SPANISH: &str = "al como con cual cuales cuando de del desde donde e el ella ellas ellos en \
    entre era eran es esa esas ese eso esos esta estan estas este esto estos fue fueron ha haber \
    han hasta hay la las le les lo los mas muy ni no nos o otra otras otro otros para pero por \
    porque pueda puede pueden que quien quienes se sea sean segun ser si sido sin sobre son su sus \
    tal tales tambien tiene tienen u un una unas uno unos y ya";

/// Whether a folded word is one that nobody searches for.
pub(crate) fn is_function_word(folded: &str) -> bool {
    // Asked of every word of the thesaurus at every search.
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        [ENGLISH, FRENCH, SPANISH].iter().flat_map(|words| words.split(' ')).collect()
    });
    WORDS.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words() {
        // (word, is one)
        let table = [
            ("the", true),
            ("para", true),
            ("etre", true),
            ("y", true),
            ("states", false),
            ("", false),
            ("estados", false),
            ("paix", false),
        ];
        for (word, is_one) in table {
            assert_eq!(is_function_word(word), is_one, "{word}");
        }
        for word in [ENGLISH, FRENCH, SPANISH].iter().flat_map(|words| words.split(' ')) {
            assert!(!word.is_empty() && undex_schema::fold(word) == word, "{word:?}");
        }
    }
}
