//! Pinpoints from words, in any of the supported languages and looser than they are printed:
//! case, accents, full stops and the commas between steps do not matter.

use super::wording::{ALL, Words};
use super::{ListName, Pinpoint, PinpointError, Step};

/// What a word says about the number after it.
#[derive(Clone, Copy)]
enum Kind {
    Resolution,
    Decision,
    Annex,
    Appendix,
    Part,
    Chapter,
    Section,
    Article,
    Paragraph,
    Preambular,
    Item(ListName),
    Bullet,
    Unnumbered,
    Heading,
    Table,
    Masthead,
    Closing,
    Title,
    Opening,
}

fn rows(words: &Words) -> [(&'static [&'static str], Kind); 22] {
    [
        (words.preambular, Kind::Preambular),
        (words.unnumbered, Kind::Unnumbered),
        (words.next_step, Kind::Item(ListName::RecommendedNextStep)),
        (words.recommendation, Kind::Item(ListName::Recommendation)),
        (words.conclusion, Kind::Item(ListName::Conclusion)),
        (words.item, Kind::Item(ListName::Item)),
        (words.resolution, Kind::Resolution),
        (words.decision, Kind::Decision),
        (words.annex, Kind::Annex),
        (words.appendix, Kind::Appendix),
        (words.part, Kind::Part),
        (words.chapter, Kind::Chapter),
        (words.section, Kind::Section),
        (words.article, Kind::Article),
        (words.paragraph, Kind::Paragraph),
        (words.bullet, Kind::Bullet),
        (words.heading, Kind::Heading),
        (words.table, Kind::Table),
        (words.masthead, Kind::Masthead),
        (words.closing, Kind::Closing),
        (words.title, Kind::Title),
        (words.opening, Kind::Opening),
    ]
}

/// Short forms that stand before a number, with or without a space behind their full stop.
const SHORT_FORMS: [&str; 12] =
    ["para", "paras", "par", "pars", "parr", "parrs", "sect", "secc", "sec", "chap", "cap", "art"];

/// Lower case without accents, and without the full stops of short forms: what spellings are compared
/// by. The full stop inside a label stays: `13.1`, `1/CP.21`.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().flat_map(char::to_lowercase).peekable();
    // Where the word that is being read begins.
    let mut word = 0;
    while let Some(c) = characters.next() {
        let inside = characters.peek().is_some_and(|next| next.is_alphanumeric());
        let short = || SHORT_FORMS.contains(&out.get(word..).unwrap_or_default());
        let plain = match c {
            'á' | 'à' | 'â' => 'a',
            'é' | 'è' | 'ê' => 'e',
            'í' | 'î' => 'i',
            'ó' | 'ô' => 'o',
            'ú' | 'û' => 'u',
            '’' => '\'',
            '.' if inside && !short() => '.',
            '.' => ' ',
            c if c.is_whitespace() => ' ',
            other => other,
        };
        if plain != ' ' || !out.ends_with(' ') {
            out.push(plain);
        }
        if !plain.is_alphanumeric() && !matches!(plain, '.' | '/' | '-') {
            word = out.len();
        }
    }
    out.trim().to_owned()
}

pub(super) fn pinpoint(text: &str) -> Result<Pinpoint, PinpointError> {
    let mut steps = Vec::new();
    let folded = fold(&text.replace(',', " , "));
    let mut rest = folded.as_str();
    while !rest.is_empty() {
        rest = rest.trim_start_matches([' ', ',']);
        if rest.is_empty() {
            break;
        }
        let bare = steps.last().and_then(|before| bare_point(rest, before));
        let (step, after) =
            bare.or_else(|| step(rest)).ok_or_else(|| PinpointError { text: rest.to_owned() })?;
        steps.push(step);
        rest = after;
    }
    if steps.is_empty() {
        return Err(PinpointError { text: text.to_owned() });
    }
    Ok(Pinpoint::new(steps))
}

/// The letter in `para. 14 d`, as people type it.
fn bare_point<'t>(text: &'t str, before: &Step) -> Option<(Step, &'t str)> {
    let (word, after) = text.split_once(' ').unwrap_or((text, ""));
    let letter = word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase());
    let lettered = matches!(before, Step::Paragraph(_) | Step::Point(_) | Step::Item(..));
    (letter && lettered).then(|| (Step::Point(word.to_owned()), after))
}

/// The first step of `text`, and what follows it.
fn step(text: &str) -> Option<(Step, &str)> {
    if let Some(inner) = text.strip_prefix('[') {
        let (number, after) = inner.split_once(']')?;
        return Some((Step::Again(number.parse().ok()?), after));
    }
    if let Some((word, after)) = point(text) {
        return Some((Step::Point(word.to_owned()), after));
    }
    // The longest spelling that the text begins with, so that `par non numéroté` is not `par`.
    let mut best: Option<(usize, Step, &str)> = None;
    for words in ALL {
        for (row, kind) in rows(words) {
            for spelling in row {
                if let Some((step, after)) = spelled(text, spelling, kind) {
                    let used = text.len() - after.len();
                    if best.as_ref().is_none_or(|(longest, ..)| used > *longest) {
                        best = Some((used, step, after));
                    }
                }
            }
        }
    }
    if let Some((_, step, after)) = best {
        return Some((step, after));
    }
    let (number, after) = label(text)?;
    let starts_paragraph = number.starts_with(|c: char| c.is_ascii_digit());
    starts_paragraph.then(|| (Step::Paragraph(number.to_uppercase()), after))
}

/// `(a)` or `a)`.
fn point(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let (word, after) = inner.split_once(')')?;
    (!word.is_empty() && word.len() <= 6 && word.chars().all(char::is_alphanumeric))
        .then_some((word, after))
}

/// A number or letter that a step carries: up to the next space, comma or bracket.
fn label(text: &str) -> Option<(&str, &str)> {
    let end = text.find([' ', ',', '[', '(']).unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    (!word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '/')))
        .then_some((word, after))
}

fn spelled<'t>(text: &'t str, spelling: &str, kind: Kind) -> Option<(Step, &'t str)> {
    let number = |text: &str| text.parse::<u32>().ok();
    if let Some((before, after)) = spelling.split_once("{}") {
        let rest = text.strip_prefix(&fold(before))?.strip_prefix(' ')?;
        let (word, rest) = label(rest)?;
        let rest = rest.strip_prefix(' ')?.strip_prefix(&fold(after))?;
        return Some((Step::Preambular(number(word)?), rest));
    }
    let rest = text.strip_prefix(&fold(spelling))?;
    if rest.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let rest = rest.trim_start_matches(' ');
    match kind {
        Kind::Title => return Some((Step::Title, rest)),
        Kind::Opening => return Some((Step::Opening, rest)),
        _ => {}
    }
    // `section (a)`: the letter of a heading, which stays in its parentheses.
    let bracketed = matches!(
        kind,
        Kind::Annex | Kind::Appendix | Kind::Part | Kind::Chapter | Kind::Section | Kind::Article
    );
    if let Some((word, after)) = point(rest).filter(|_| bracketed) {
        let label = format!("({word})");
        let step = match kind {
            Kind::Annex => Step::Annex(Some(label)),
            Kind::Appendix => Step::Appendix(Some(label)),
            Kind::Part => Step::Part(label),
            Kind::Chapter => Step::Chapter(label),
            Kind::Article => Step::Article(label),
            _ => Step::Section(label),
        };
        return Some((step, after));
    }
    let act = matches!(kind, Kind::Resolution | Kind::Decision);
    let labelled = label(rest).filter(|(word, _)| is_label(word) || act && is_act(word));
    if let Kind::Annex | Kind::Appendix = kind {
        let (found, rest) = match labelled {
            Some((word, after)) => (Some(word.to_uppercase()), after),
            None => (None, rest),
        };
        let step =
            if matches!(kind, Kind::Annex) { Step::Annex(found) } else { Step::Appendix(found) };
        return Some((step, rest));
    }
    let (word, rest) = labelled?;
    let upper = || word.to_uppercase();
    Some((
        match kind {
            Kind::Resolution => Step::Resolution(upper()),
            Kind::Part => Step::Part(upper()),
            Kind::Chapter => Step::Chapter(upper()),
            Kind::Decision => Step::Decision(upper()),
            Kind::Section => Step::Section(upper()),
            Kind::Article => Step::Article(upper()),
            Kind::Paragraph => Step::Paragraph(upper()),
            Kind::Item(name) => Step::Item(name, upper()),
            Kind::Preambular => Step::Preambular(number(word)?),
            Kind::Bullet => Step::Bullet(number(word)?),
            Kind::Unnumbered => Step::Unnumbered(number(word)?),
            Kind::Heading => Step::Heading(number(word)?),
            Kind::Table => Step::Table(number(word)?),
            Kind::Masthead => Step::Masthead(number(word)?),
            Kind::Closing => Step::Closing(number(word)?),
            Kind::Annex | Kind::Appendix | Kind::Title | Kind::Opening => return None,
        },
        rest,
    ))
}

/// A number, a roman numeral or a capital with an optional letter: what labels look like, so that
/// `annex para. 3` is not annex PARA.
fn is_label(word: &str) -> bool {
    let roman = word.chars().all(|c| "ivxlc".contains(c));
    let number = word.starts_with(|c: char| c.is_ascii_digit());
    number || roman || word.chars().count() == 1
}

/// The number of a resolution or decision inside a document: `1/CP.21`, `XII/3`, `IDB.47/Dec.7`.
fn is_act(word: &str) -> bool {
    word.contains(['/', '.']) && word.contains(|c: char| c.is_ascii_digit())
}
