//! The addresses of links, and the symbols in them.

/// What stands before a symbol in the path of a link: the codes of the languages, and two that are none
/// and that links have nevertheless.
const FOLDERS: [&str; 8] = ["ar", "en", "es", "fr", "ru", "zh", "ch", "sp"];

/// What an address spells as a symbol, without the language before it: the path on the site of
/// documents, or what older pages are asked for.
pub(super) fn spelled(href: &str) -> Option<String> {
    let address = without_percents(&unescaped(href));
    let mut path = match address.split_once("symbol=") {
        Some((_, symbol)) => symbol.split('&').next()?,
        None => {
            let (host, path) = address.split_once("//")?.1.split_once('/')?;
            let host = host.to_ascii_lowercase();
            // `undocs/fr/E/2021/5` is a slip for `undocs.org/fr/E/2021/5`.
            (host.starts_with("undocs") || host == "docs.un.org").then_some(path)?
        }
    };
    loop {
        path = path.trim_start_matches(|c: char| c == '/' || c.is_whitespace());
        match path.split_once('/') {
            Some((folder, rest)) if FOLDERS.contains(&folder.to_ascii_lowercase().as_str()) => {
                path = rest;
            }
            _ => return Some(path.to_owned()),
        }
    }
}

/// Entities of markup as the characters they stand for.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after.split_once(';').and_then(|(name, rest)| Some((character(name)?, rest)));
        rest = match entity {
            Some((c, rest)) => {
                out.push(c);
                rest
            }
            None => {
                out.push('&');
                after
            }
        };
    }
    out + rest
}

fn character(entity: &str) -> Option<char> {
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

/// `%20` as the byte it stands for.
fn without_percents(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut out = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let byte = piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match (byte, piece.get(2..)) {
            (Some(byte), Some(rest)) => {
                out.push(byte);
                out.extend_from_slice(rest.as_bytes());
            }
            _ => {
                out.push(b'%');
                out.extend_from_slice(piece.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
