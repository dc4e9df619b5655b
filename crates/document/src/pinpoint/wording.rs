//! Pinpoints in words.

use std::fmt;

use super::{ListName, Step};
use crate::Language;

/// The words of one language. The first of each row is printed; all of them are read.
pub(super) struct Words {
    pub(super) language: Language,
    pub(super) resolution: &'static [&'static str],
    pub(super) decision: &'static [&'static str],
    pub(super) annex: &'static [&'static str],
    pub(super) appendix: &'static [&'static str],
    pub(super) part: &'static [&'static str],
    pub(super) chapter: &'static [&'static str],
    pub(super) section: &'static [&'static str],
    pub(super) article: &'static [&'static str],
    pub(super) paragraph: &'static [&'static str],
    pub(super) preambular: &'static [&'static str],
    pub(super) unnumbered: &'static [&'static str],
    pub(super) bullet: &'static [&'static str],
    pub(super) heading: &'static [&'static str],
    pub(super) table: &'static [&'static str],
    pub(super) title: &'static [&'static str],
    pub(super) masthead: &'static [&'static str],
    pub(super) opening: &'static [&'static str],
    pub(super) closing: &'static [&'static str],
    pub(super) next_step: &'static [&'static str],
    pub(super) recommendation: &'static [&'static str],
    pub(super) conclusion: &'static [&'static str],
    pub(super) item: &'static [&'static str],
}

pub(super) const ENGLISH: Words = Words {
    language: Language::English,
    resolution: &["resolution"],
    decision: &["decision"],
    annex: &["annex"],
    appendix: &["appendix"],
    part: &["part"],
    chapter: &["chap.", "chapter"],
    section: &["sect.", "section", "sec."],
    article: &["art.", "article"],
    paragraph: &["para.", "paragraph", "paras.", "operative paragraph"],
    preambular: &["preambular para.", "preambular paragraph"],
    unnumbered: &["unnumbered para.", "unnumbered paragraph"],
    bullet: &["bullet", "bullet point"],
    heading: &["heading"],
    table: &["table"],
    title: &["title"],
    masthead: &["masthead"],
    opening: &["opening words"],
    closing: &["closing line"],
    next_step: &["recommended next step"],
    recommendation: &["recommendation"],
    conclusion: &["conclusion"],
    item: &["item"],
};

pub(super) const SPANISH: Words = Words {
    language: Language::Spanish,
    resolution: &["resolución"],
    decision: &["decisión"],
    annex: &["anexo"],
    appendix: &["apéndice"],
    part: &["parte"],
    chapter: &["cap.", "capítulo"],
    section: &["secc.", "sección", "sec."],
    article: &["art.", "artículo"],
    paragraph: &["párr.", "párrafo", "párrs.", "párrafo dispositivo", "párrafo operativo"],
    preambular: &["párr. {} del preámbulo", "párrafo {} del preámbulo"],
    unnumbered: &["párr. sin numerar", "párrafo sin numerar"],
    bullet: &["viñeta"],
    heading: &["epígrafe"],
    table: &["cuadro"],
    title: &["título"],
    masthead: &["cabecera"],
    opening: &["encabezamiento"],
    closing: &["línea final"],
    next_step: &["próxima medida recomendada"],
    recommendation: &["recomendación"],
    conclusion: &["conclusión"],
    item: &["elemento"],
};

pub(super) const FRENCH: Words = Words {
    language: Language::French,
    resolution: &["résolution"],
    decision: &["décision"],
    annex: &["annexe"],
    appendix: &["appendice"],
    part: &["partie"],
    chapter: &["chap.", "chapitre"],
    section: &["sect.", "section"],
    article: &["art.", "article"],
    paragraph: &["par.", "paragraphe", "paragraphes"],
    preambular: &["par. {} du préambule", "alinéa {} du préambule"],
    unnumbered: &["par. non numéroté", "paragraphe non numéroté"],
    bullet: &["puce"],
    heading: &["intertitre"],
    table: &["tableau"],
    title: &["titre"],
    masthead: &["en-tête"],
    opening: &["formule d’introduction", "formule d'introduction"],
    closing: &["ligne finale"],
    next_step: &["prochaine étape recommandée"],
    recommendation: &["recommandation"],
    conclusion: &["conclusion"],
    item: &["élément"],
};

pub(super) const ALL: [&Words; 3] = [&ENGLISH, &SPANISH, &FRENCH];

fn of(language: Language) -> &'static Words {
    ALL.into_iter().find(|words| words.language == language).unwrap_or(&ENGLISH)
}

fn word(row: &'static [&'static str]) -> &'static str {
    row.first().copied().unwrap_or_default()
}

impl Words {
    pub(super) fn list(&self, name: ListName) -> &'static [&'static str] {
        match name {
            ListName::RecommendedNextStep => self.next_step,
            ListName::Recommendation => self.recommendation,
            ListName::Conclusion => self.conclusion,
            ListName::Item => self.item,
        }
    }
}

pub(super) fn write(f: &mut fmt::Formatter<'_>, steps: &[Step], language: Language) -> fmt::Result {
    let words = of(language);
    let mut previous: Option<&Step> = None;
    for step in steps {
        // Letters follow their number after a space, everything else after a comma. Where the
        // wording does not end in the number, letters need the comma too.
        let attached = match (previous, step) {
            (_, Step::Again(_)) => true,
            (Some(Step::Preambular(_)), Step::Point(_)) => language == Language::English,
            (Some(Step::Paragraph(_) | Step::Point(_) | Step::Item(..)), Step::Point(_)) => true,
            _ => false,
        };
        match previous {
            None => {}
            Some(_) if attached => f.write_str(" ")?,
            Some(_) => f.write_str(", ")?,
        }
        write_step(f, step, words)?;
        previous = Some(step);
    }
    Ok(())
}

fn write_step(f: &mut fmt::Formatter<'_>, step: &Step, words: &Words) -> fmt::Result {
    let with_number = |f: &mut fmt::Formatter<'_>, row, number: &dyn fmt::Display| {
        write!(f, "{} {number}", word(row))
    };
    // `(a)` of a heading is `a)` in languages that close with one parenthesis.
    let labelled = |f: &mut fmt::Formatter<'_>, row, label: &str| match label.strip_prefix('(') {
        Some(rest) if words.language != Language::English => with_number(f, row, &rest),
        _ => with_number(f, row, &label),
    };
    match step {
        Step::Resolution(label) => with_number(f, words.resolution, label),
        Step::Decision(label) => with_number(f, words.decision, label),
        Step::Annex(Some(label)) => labelled(f, words.annex, label),
        Step::Annex(None) => f.write_str(word(words.annex)),
        Step::Appendix(Some(label)) => labelled(f, words.appendix, label),
        Step::Appendix(None) => f.write_str(word(words.appendix)),
        Step::Part(label) => labelled(f, words.part, label),
        Step::Chapter(label) => labelled(f, words.chapter, label),
        Step::Section(label) => labelled(f, words.section, label),
        Step::Article(label) => labelled(f, words.article, label),
        Step::Paragraph(label) => with_number(f, words.paragraph, label),
        Step::Preambular(number) => match word(words.preambular).split_once("{}") {
            Some((before, after)) => write!(f, "{before}{number}{after}"),
            None => with_number(f, words.preambular, number),
        },
        Step::Item(name, label) => with_number(f, words.list(*name), label),
        Step::Point(label) if words.language == Language::English => write!(f, "({label})"),
        Step::Point(label) => write!(f, "{label})"),
        Step::Bullet(number) => with_number(f, words.bullet, number),
        Step::Unnumbered(number) => with_number(f, words.unnumbered, number),
        Step::Heading(number) => with_number(f, words.heading, number),
        Step::Table(number) => with_number(f, words.table, number),
        Step::Title => f.write_str(word(words.title)),
        Step::Masthead(number) => with_number(f, words.masthead, number),
        Step::Opening => f.write_str(word(words.opening)),
        Step::Closing(number) => with_number(f, words.closing, number),
        Step::Again(number) => write!(f, "[{number}]"),
    }
}
