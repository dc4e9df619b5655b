//! The languages a person reads.

use undex_document::Language;

/// The language of the user's environment, if it is one of the UN's.
pub fn own() -> Option<Language> {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .filter(|value| !value.is_empty())
        .find_map(|value| Language::from_code(value.split('.').next().unwrap_or_default()))
}

/// The one of the languages held that the user most likely reads.
pub fn best(held: &[Language]) -> Option<Language> {
    own()
        .into_iter()
        .chain([Language::English, Language::French, Language::Spanish])
        .find(|language| held.contains(language))
        .or(held.first().copied())
}

/// `en, es, fr`
pub fn codes(languages: &[Language]) -> String {
    languages.iter().map(|language| language.code()).collect::<Vec<_>>().join(", ")
}
