//! The official languages of the United Nations.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language a document is written in, by its ISO 639-1 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Arabic.
    #[serde(rename = "ar")]
    Arabic,
    /// Chinese.
    #[serde(rename = "zh")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
    /// French.
    #[serde(rename = "fr")]
    French,
    /// Russian.
    #[serde(rename = "ru")]
    Russian,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
    /// Not known: too little text, or none of the official languages.
    #[serde(rename = "und")]
    Undetermined,
}

/// A word that names none of the official languages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown language {0:?}: use one of ar, zh, en, fr, ru, es")]
pub struct UnknownLanguage(pub String);

impl Language {
    /// The official languages in the order the UN lists them, without [`Language::Undetermined`].
    pub const OFFICIAL: [Language; 6] =
        [Self::Arabic, Self::Chinese, Self::English, Self::French, Self::Russian, Self::Spanish];

    /// The languages whose documents are analysed, stemmed and structured today.
    pub const SUPPORTED: [Language; 3] = [Self::English, Self::French, Self::Spanish];

    /// The ISO 639-1 code, as in the addresses of undocs.org; `und` when not known.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::Chinese => "zh",
            Self::English => "en",
            Self::French => "fr",
            Self::Russian => "ru",
            Self::Spanish => "es",
            Self::Undetermined => "und",
        }
    }

    /// The language's name in itself, for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arabic => "العربية",
            Self::Chinese => "中文",
            Self::English => "English",
            Self::French => "français",
            Self::Russian => "русский",
            Self::Spanish => "español",
            Self::Undetermined => "undetermined",
        }
    }

    /// Reads ISO 639-1 and 639-2 codes (`es`, `spa`), region suffixes (`es-MX`) and the one-letter
    /// codes that end the job file names of the UN (`2323443S`).
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_lowercase();
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Some(match primary {
            "ar" | "ara" | "a" => Self::Arabic,
            "zh" | "zho" | "chi" | "c" => Self::Chinese,
            "en" | "eng" | "e" => Self::English,
            "fr" | "fra" | "fre" | "f" => Self::French,
            "ru" | "rus" | "r" => Self::Russian,
            "es" | "spa" | "s" => Self::Spanish,
            "und" => Self::Undetermined,
            _ => return None,
        })
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_code(text).ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}
