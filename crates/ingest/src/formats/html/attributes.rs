//! The attributes of the elements of a page, counted before the page is read: the parser compares
//! each with all before it.
//!
//! Tags are found as the parser finds them (WHATWG HTML, 13.2.5), but where the place of an element
//! decides how its text is read; what is missed so is bounded by the time that a page may take.

/// Elements whose text holds no tags.
const RAW: [&str; 8] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noframes", "noembed"];

/// Checks all elements against a bound. The error is the number of attributes at which it gave up.
pub(super) fn check(page: &str, bound: usize) -> Result<(), usize> {
    let mut rest = page;
    while let Some((_, tag)) = rest.split_once('<') {
        rest = tag;
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = tag.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
            let (name, after) = tag.split_at(end.unwrap_or(tag.len()));
            rest = attributes(after, bound)?;
            if let Some(raw) = RAW.iter().find(|raw| raw.eq_ignore_ascii_case(name)) {
                rest = behind_raw(rest, raw);
            }
        }
    }
    Ok(())
}

/// Passes over the attributes of a tag.
fn attributes(tag: &str, bound: usize) -> Result<&str, usize> {
    let mut rest = tag;
    for count in 0_usize.. {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            break;
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Ok(after);
        }
        if count >= bound {
            return Err(count + 1);
        }
        rest = behind_attribute(rest);
    }
    Ok(rest)
}

/// What stands behind the attribute at the start.
fn behind_attribute(text: &str) -> &str {
    // An equals sign before any name belongs to the name.
    let name = text.strip_prefix('=').unwrap_or(text);
    let ends = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
    let after = name.trim_start_matches(|c| !ends(c));
    let Some(value) = after.trim_ascii_start().strip_prefix('=') else { return after };
    let value = value.trim_ascii_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            return quoted.split_once(quote).map_or("", |(_, after)| after);
        }
    }
    value.trim_start_matches(|c: char| !c.is_ascii_whitespace() && c != '>')
}

/// What stands behind the end of an element without tags in it.
fn behind_raw<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("</") {
        if after.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return after;
        }
        rest = after;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        // (page, the most attributes of an element, why)
        let table = [
            ("<p>a b c</p>", 0, "text is none"),
            ("<p a b=c d = 'e f' g=\"h > i\"/>x y z", 4, "all forms"),
            ("<p = =>x", 1, "an equals sign as a name"),
            ("<p a=x><b c d e></b>", 3, "the most of them"),
            ("<!-- <p a b c> --><i d>", 1, "comments are passed over"),
            ("<script>i<n a b c</script><i d e>", 2, "so are scripts"),
            ("<STYLE x><p a b c></style><i d>", 1, "whatever their case"),
            ("<p a b", 2, "a tag that does not end"),
            ("1 < 2 a b c", 0, "no tag"),
            ("<p a='b", 1, "a value that does not end"),
        ];
        for (page, most, why) in table {
            assert_eq!(check(page, most), Ok(()), "{why}");
            if most > 0 {
                assert_eq!(check(page, most - 1), Err(most), "{why}");
            }
        }
    }
}
