//! Page, job and bar-code numbers, and how near to the edge of a page its furniture stands.

use crate::pattern::pattern;

/// Lines at either end of a page among which its furniture stands.
pub(super) const EDGE: usize = 5;

pattern! {
    /// `20-17553 5/22`, `20-17553 (S)`, `5/22`, `- 5 -`, `Page 5`, `V.21-01234`, `*2017553*`.
    PAGE_LINE,
    r"(?x)^(?:
            (?:\d{1,4}/\d{1,4}\s+)?(?:[A-Z]{1,3}[.:])?\d{2}-\d{5,6}(?:\s*\([A-Z]{1,2}\))?(?:\s+\d{6}){0,3}(?:\s+\d{1,4}(?:/\d{1,4})?)?
          | \d{1,4}/\d{1,4}
          | [-–—]\s*\d{1,4}\s*[-–—]
          | (?:[Pp]age|[Pp]ágina|[Pp]\.)\s*\d{1,4}(?:\s*/\s*\d{1,4})?
          | \*\d{6,8}\*
          | \d{6}
        )$"
}

pattern! {
    /// `GE.15-10722 (E)`, `23-24976 (E) 261223`, `*1510722*`: a number that nothing else has the form of.
    JOB_LINE,
    r"^(?:[A-Z]{1,3}[.:]\d{2}-\d{5,6}|\d{2}-\d{5,6}\s*\([A-Z]{1,2}\)|\*\d{6,8}\*$)"
}

/// Whether a text is a page or job number.
pub(crate) fn is_page_text(text: &str) -> bool {
    PAGE_LINE.is_match(text)
}

/// Whether a text is a job number, and can be nothing else.
pub(crate) fn is_job_number(text: &str) -> bool {
    is_page_text(text) && JOB_LINE.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_and_jobs() {
        for text in [
            "20-17553 5/22",
            "5/22",
            "2/8 23-24976",
            "23-24976 (E)",
            "23-24976 (E) 261223",
            "GE.19-07475(E)",
            "GE:09-17825",
            "*2324976*",
            "- 7 -",
            "Page 3",
        ] {
            assert!(is_page_text(text), "{text}");
        }
        for text in ["GE.19-07475(E)", "23-24976 (E) 261223", "*2324976*"] {
            assert!(is_job_number(text), "{text}");
        }
        for text in ["23-24976", "5/22", "GE.19-07475 and more"] {
            assert!(!is_job_number(text), "{text}");
        }
        for text in ["1998-2000", "73/27 de la", "12", "2015", "A/68/98"] {
            assert!(!is_page_text(text), "{text}");
        }
    }
}
