//! Patterns in running text, compiled once.

/// Defines a pattern that is compiled when it is first used.
///
/// Patterns are constants of the program, each compiled by a test of its file, so a faulty one never
/// reaches a user.
macro_rules! pattern {
    ($(#[$documentation:meta])* $name:ident, $pattern:expr) => {
        $(#[$documentation])*
        #[allow(clippy::unwrap_used, reason = "a constant pattern, compiled in the tests of its file")]
        static $name: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new($pattern).unwrap());
    };
}

pub(crate) use pattern;
