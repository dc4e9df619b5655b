//! Recognition: from tokens to mentions, sentence by sentence.

use undex_document::{Date, Step, Symbol};

use crate::prose::meaning::{Meaning, Unit};
use crate::prose::mention::{Mention, Named, Numbered};
use crate::prose::modifiers;
use crate::prose::nickname::Nicknames;
use crate::prose::number::{Act, Session};
use crate::prose::organ::Organ;
use crate::prose::place::{self, Places};
use crate::prose::token::{Kind, Tokens};

/// Tokens between a number and its date or its organ; what is farther away is something else's.
const TAIL: usize = 24;
/// Tokens between a place and the document it is in: `paragraph 5 of the report of the
/// Secretary-General on the work of the Organization (A/75/1)`.
const REACH: usize = 40;
/// Tokens between an act and the organ before it: `the Council, in its resolution`.
const BACK: usize = 6;
/// The same where `in its` leads back: `the Economic Commission for Latin America and the Caribbean, in
/// its resolution`.
const FAR_BACK: usize = 12;

/// Finds the mentions in a text, in order.
pub(crate) fn mentions(tokens: &Tokens<'_>, nicknames: &Nicknames) -> Vec<Mention> {
    let mut reader = Reader {
        tokens,
        found: Vec::new(),
        list: None,
        near: Vec::new(),
        sentence: 0,
        pending: None,
    };
    let mut waiting: Option<Places> = None;
    let mut at = 0;
    while let Some(kind) = tokens.kind(at) {
        if let Some((range, symbol, end)) = nicknames.at(tokens, at) {
            reader.found.push(Mention {
                range,
                named: Named::Nickname(symbol),
                places: Vec::new(),
            });
            at = reader.after(end, &mut waiting);
            continue;
        }
        match kind {
            Kind::Stop => {
                reader.flush();
                reader.list = None;
                reader.near.clear();
                reader.sentence = reader.found.len();
                waiting = None;
            }
            Kind::Symbol(symbol) if !is_foreign(symbol) => {
                let named = Named::Symbol((**symbol).clone());
                let first = at;
                at = reader.document(named, at, at + 1, &mut waiting);
                reader.share_place(first);
                at = modifiers::follow(&mut reader.found, tokens, at);
                continue;
            }
            Kind::Number(_) => {
                if let Some(numbered) = reader.numbered(at) {
                    at = reader.document(Named::Number(numbered), at, at + 1, &mut waiting);
                    continue;
                }
            }
            Kind::Meant(Meaning::Ibid) => {
                if let Some(end) = reader.ibid(at) {
                    at = end;
                    continue;
                }
            }
            Kind::Meant(Meaning::Organ(organ)) => reader.near.push(*organ),
            Kind::Meant(Meaning::Act(act)) => reader.act(at, *act),
            _ => {}
        }
        if let Some(places) = reader.places(at) {
            at = places.end;
            match reader.own(&places) {
                Some((mention, end)) if matches!(mention.named, Named::Own { said: true }) => {
                    reader.found.push(mention);
                    at = end;
                }
                // A document may still follow: `paragraph 12 of the report (A/75/7)`.
                own => {
                    reader.flush();
                    reader.pending = own.map(|(mention, _)| mention);
                    waiting = Some(places);
                }
            }
            continue;
        }
        at += 1;
    }
    reader.flush();
    reader.found.sort_by_key(|mention| mention.range.start);
    reader.found
}

/// A list of resolutions or decisions that is being read.
#[derive(Clone, Debug)]
struct List {
    act: Act,
    /// The organ it is of, by the words around its head.
    organs: Vec<Organ>,
    /// Whether numbers of it were read.
    begun: bool,
    /// The head's token.
    head: usize,
}

struct Reader<'r, 't> {
    tokens: &'r Tokens<'t>,
    found: Vec<Mention>,
    list: Option<List>,
    /// Organs named in the sentence so far.
    near: Vec<Organ>,
    /// Mentions before the sentence.
    sentence: usize,
    /// A place that is the document's own if no document follows that it is of.
    pending: Option<Mention>,
}

impl Reader<'_, '_> {
    /// Takes the place that was waiting for a document in vain.
    fn flush(&mut self) {
        self.found.extend(self.pending.take());
    }

    /// Takes a document named by tokens, with the places before and behind it. Gives the token to go
    /// on with.
    fn document(
        &mut self,
        named: Named,
        first: usize,
        end: usize,
        waiting: &mut Option<Places>,
    ) -> usize {
        let start = self.tokens.get(first).map_or(0, |token| token.start);
        let stop = self.tokens.get(end - 1).map_or(start, |token| token.end);
        let mut places = Vec::new();
        if let Some(before) = waiting.take().filter(|places| self.leads(places, first, &named)) {
            places = before.list;
            self.pending = None;
        }
        // `the 2021 report of the Group, A/76/135`: the name and the symbol are one mention.
        if let Named::Symbol(symbol) = &named
            && let Some(Mention { range, named: Named::Nickname(nickname), .. }) = self.found.last()
            && nickname == symbol
            && self.is_beside(range.end, first)
        {
            self.found.pop();
        }
        self.found.push(Mention { range: start..stop, named, places });
        self.after(end, &mut None)
    }

    /// Gives the place of the second half of a joint symbol, `A/56/1026-S/2002/932, annex II`, to the
    /// first as well.
    fn share_place(&mut self, second: usize) {
        let joint = second >= 2
            && self.tokens.kind(second - 1) == Some(&Kind::Dash)
            && self.tokens.touches_next(second - 2)
            && self.tokens.touches_next(second - 1);
        if let [.., first, second] = self.found.as_mut_slice()
            && joint
            && matches!(first.named, Named::Symbol(_))
            && first.places.is_empty()
        {
            first.places.clone_from(&second.places);
        }
    }

    /// Whether nothing but a comma or an opening parenthesis stands between a byte and a token.
    fn is_beside(&self, end: usize, first: usize) -> bool {
        let start = self.tokens.get(first).map_or(0, |token| token.start);
        let between = self.tokens.text.get(end..start).unwrap_or_default();
        between.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '(' | '[' | ':'))
    }

    /// Reads the places behind a mention that was just added. Gives the token to go on with.
    fn after(&mut self, end: usize, waiting: &mut Option<Places>) -> usize {
        *waiting = None;
        let by_symbol = matches!(
            self.found.last(),
            Some(Mention { named: Named::Symbol(_) | Named::Nickname(_), .. })
        );
        let Some(places) = self.behind(end, by_symbol) else { return end };
        // `resolution 61/105, paragraphs 113 to 127 of resolution 64/72`: places of what follows.
        let led_on = matches!(self.tokens.meaning(places.end), Some(Meaning::Of | Meaning::To));
        if led_on || self.here(places.end).is_some() {
            return end;
        }
        if let Some(mention) = self.found.last_mut() {
            if mention.places.is_empty() {
                mention.places = places.list;
            } else {
                // `paragraph 3 of resolution 66/24, annex`: one place in two halves.
                let outer: Vec<Vec<Step>> = places.list;
                if let [only] = outer.as_slice()
                    && let Some(Step::Annex(_) | Step::Section(_)) = only.first()
                {
                    for place in &mut mention.places {
                        *place = [only.as_slice(), place].concat();
                    }
                } else {
                    return end;
                }
            }
        }
        places.end
    }

    /// The places that stand directly behind a document: `, annex I, para. 29`, ` (para. 3)`,
    /// `, in particular paragraphs 1 to 10 of the annex thereto`.
    fn behind(&self, end: usize, by_symbol: bool) -> Option<Places> {
        let mut at = self.skip_tail(end);
        let mut parenthesis = false;
        for _ in 0..4 {
            match self.tokens.kind(at)? {
                Kind::Comma | Kind::Close => {}
                Kind::Open if !parenthesis => parenthesis = true,
                Kind::Meant(Meaning::Particular | Meaning::And | Meaning::Its | Meaning::The) => {}
                _ => break,
            }
            at += 1;
        }
        // `resolution 66/24 and paragraph 5`: without a comma or the like it is something else's.
        if at == end {
            return None;
        }
        let only_and = (end..at).all(|at| {
            matches!(self.tokens.meaning(at), Some(Meaning::And | Meaning::The | Meaning::Its))
        });
        // `A/CONF.151/26/Rev.1, resolution 1, annex II` is a place; `resolution 74/294, and its decision
        // 74/571` names two documents.
        let act = matches!(self.tokens.meaning(at), Some(Meaning::Act(_)));
        let comma = at == end + 1 && self.tokens.kind(end) == Some(&Kind::Comma);
        if only_and || act && !(by_symbol && comma && !self.is_assembly_number(at + 1)) {
            return None;
        }
        let mut places = place::read(self.tokens, at, by_symbol)?;
        if self.tokens.is(places.end, Meaning::Thereof) {
            places.end += 1;
        }
        Some(places)
    }

    /// Whether a token is a number that a resolution of the General Assembly may have.
    fn is_assembly_number(&self, at: usize) -> bool {
        match self.tokens.kind(at) {
            Some(Kind::Number(number)) => {
                Organ::GeneralAssembly.may_have(number, Act::Resolution, None)
            }
            _ => false,
        }
    }

    /// The token behind the date and the organ of a number, or the same where there are none.
    fn skip_tail(&self, at: usize) -> usize {
        let tail = self.tail(at);
        tail.date_end.max(tail.organ_end).unwrap_or(at)
    }

    /// Whether the words between a place and a document say that it is a place of it.
    fn leads(&self, places: &Places, first: usize, named: &Named) -> bool {
        let mut linked = false;
        let mut paper = false;
        if first.saturating_sub(places.end) > REACH {
            return false;
        }
        for at in places.end..first {
            match self.tokens.kind(at) {
                Some(Kind::Meant(Meaning::Of | Meaning::To)) => linked = true,
                // `contained in`, `set out in`
                Some(Kind::Meant(Meaning::In)) => linked = true,
                Some(Kind::Meant(Meaning::Paper)) => paper = linked,
                Some(Kind::Meant(
                    Meaning::Act(_) | Meaning::Organ(_) | Meaning::Its | Meaning::The,
                )) => {}
                Some(Kind::Comma) if !linked => {}
                Some(Kind::Open) if paper => {}
                Some(Kind::Meant(Meaning::Unit(..))) => return false,
                Some(Kind::Word | Kind::Meant(_) | Kind::Dash | Kind::Dot)
                    if paper || first.saturating_sub(places.end) <= 8 => {}
                _ => return false,
            }
        }
        match named {
            // A number needs its word between: `paragraph 3 of resolution 66/24`.
            Named::Number(_) => linked,
            _ => linked && (paper || first.saturating_sub(places.end) <= 4),
        }
    }

    /// Places at a token, outside of what names a document.
    fn places(&self, at: usize) -> Option<Places> {
        match self.tokens.meaning(at)? {
            Meaning::Unit(..) | Meaning::Ordinal(_) | Meaning::Operative | Meaning::Preambular => {
                place::read(self.tokens, at, false)
            }
            _ => None,
        }
    }

    /// Begins a list at its head.
    fn act(&mut self, at: usize, act: Act) {
        let before = self.organs_before(at);
        let behind = self.organs_behind(at + 1);
        let own = self.has_its(at);
        let organs = if !behind.is_empty() {
            behind
        } else if !before.is_empty() {
            before
        } else if own {
            // Its own: not that of the list before.
            Vec::new()
        } else {
            // `relevant resolutions of the Council, in particular resolutions 7/34 and 18/15`
            match &self.list {
                Some(list) if self.is_continued(at) => list.organs.clone(),
                _ => Vec::new(),
            }
        };
        self.list = Some(List { act, organs, begun: false, head: at });
    }

    /// Whether a head without organ of its own follows `in particular` and the like.
    fn is_continued(&self, at: usize) -> bool {
        (at.saturating_sub(8)..at).any(|at| self.tokens.is(at, Meaning::Particular))
            || (at.saturating_sub(8)..at).any(|at| {
                matches!(
                    self.tokens.text(at),
                    "including"
                        | "incluida"
                        | "incluidas"
                        | "most"
                        | "última"
                        | "reciente"
                        | "recientes"
                        | "récente"
                        | "récentes"
                        | "dont"
                        | "latest"
                        | "entre"
                        | "compris"
                )
            })
    }

    fn has_its(&self, at: usize) -> bool {
        (at.saturating_sub(3)..at).any(|at| self.tokens.is(at, Meaning::Its))
    }

    /// The organs directly before an act: `Security Council resolutions`, `the Council’s decision`,
    /// `General Assembly and Security Council resolutions`, `the Council decided, in its resolution`.
    fn organs_before(&self, act: usize) -> Vec<Organ> {
        let mut organs = Vec::new();
        // `in its` leads back to the organ whose they are; `its` alone does not.
        let mut inside = false;
        let mut its = false;
        let mut passed = false;
        for at in (act.saturating_sub(FAR_BACK)..act).rev() {
            if act - at > BACK && !(inside && its) {
                break;
            }
            match self.tokens.kind(at) {
                Some(Kind::Meant(Meaning::Organ(organ))) if inside || !its && !passed => {
                    organs.insert(0, *organ);
                    inside = false;
                    its = false;
                }
                Some(Kind::Meant(Meaning::And)) if !organs.is_empty() => {}
                Some(Kind::Meant(Meaning::The)) => {}
                Some(Kind::Meant(Meaning::Its)) if organs.is_empty() => its = true,
                Some(Kind::Meant(Meaning::In)) if organs.is_empty() => inside = true,
                Some(Kind::Meant(Meaning::Of)) if its => inside = true,
                Some(Kind::Meant(_)) if inside && its => {}
                Some(Kind::Comma) if inside && organs.is_empty() => {}
                Some(Kind::Word) if organs.is_empty() => {
                    let next_to = at + 1 == act && self.tokens.is_capital(at);
                    if next_to && self.is_english_body(self.tokens.text(at)) {
                        let human = self.tokens.text(at) == "Commission"
                            && self.near.contains(&Organ::CommissionOnHumanRights);
                        let body =
                            if human { Organ::CommissionOnHumanRights } else { Organ::Other };
                        return vec![body];
                    }
                    // `the Council’s resolution`
                    passed |= self.tokens.text(at) != "s";
                }
                _ => break,
            }
        }
        organs
    }

    /// `Conference resolution 6/1`, `Committee decision 20/1`: a body that is not among the organs.
    fn is_english_body(&self, word: &str) -> bool {
        matches!(
            word,
            "Conference"
                | "Committee"
                | "Commission"
                | "Board"
                | "Congress"
                | "Authority"
                | "Union"
                | "Forum"
        )
    }

    /// The organs directly behind an act: `resoluciones del Consejo de Derechos Humanos 5/1`.
    fn organs_behind(&self, from: usize) -> Vec<Organ> {
        let mut organs = Vec::new();
        let mut linked = false;
        for at in from..from + 10 {
            match self.tokens.kind(at) {
                Some(Kind::Meant(Meaning::Of)) => linked = true,
                Some(Kind::Meant(Meaning::The)) if linked => {}
                Some(Kind::Meant(Meaning::And)) if !organs.is_empty() => {}
                Some(Kind::Meant(Meaning::Organ(organ))) if linked => organs.push(*organ),
                // `resoluciones pertinentes del Consejo`
                Some(Kind::Word) if !linked && organs.is_empty() && !self.tokens.is_capital(at) => {
                }
                _ => break,
            }
        }
        organs
    }

    /// The number at a token with what stands around it; none when nothing says that it is one.
    fn numbered(&mut self, at: usize) -> Option<Numbered> {
        let Some(Kind::Number(number)) = self.tokens.kind(at) else { return None };
        let number = (**number).clone();
        let tail = self.tail(at + 1);
        if !self.is_cited(at, &number.session, &tail) {
            return None;
        }
        let mut organs = tail.organs.clone();
        let mut carried = false;
        if organs.is_empty()
            && let Some(list) = &self.list
        {
            organs.clone_from(&list.organs);
            carried = list.begun;
        }
        if organs.is_empty() {
            organs = self.organ_ahead(at + 1);
        }
        let act = self.list.as_ref().map_or(Act::Resolution, |list| list.act);
        let dates = if tail.dates.is_empty() { self.dates_ahead(at + 1) } else { tail.dates };
        if let Some(list) = &mut self.list {
            list.begun = true;
        }
        Some(Numbered { number, act, organs, carried, near: self.near.clone(), dates })
    }

    /// Whether a number stands where a resolution or decision is named.
    fn is_cited(&self, at: usize, session: &Session, tail: &Tail) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.tokens.kind(at));
        let years = matches!(before, Some(Kind::Meant(Meaning::Years)));
        let Some(list) = &self.list else {
            // Without a word before it only a shape that nothing else has.
            return match session {
                Session::Roman(_) => !matches!(before, Some(Kind::Meant(Meaning::Unit(..)))),
                Session::None { .. } => !tail.organs.is_empty(),
                Session::Special(_) | Session::Emergency(_) => tail.is_dated(),
                Session::Regular(_) | Session::Year(_) => {
                    !tail.organs.is_empty() && tail.is_dated()
                }
            };
        };
        if years {
            return false;
        }
        let listed = matches!(
            before,
            Some(
                Kind::Comma
                    | Kind::Semicolon
                    | Kind::Open
                    | Kind::Dash
                    | Kind::Other
                    | Kind::Meant(
                        Meaning::Act(_)
                            | Meaning::And
                            | Meaning::To
                            | Meaning::The
                            | Meaning::Organ(_)
                            | Meaning::Particular
                            | Meaning::See
                    )
            )
        );
        let near = at.saturating_sub(list.head) <= 3;
        match session {
            Session::Roman(_)
            | Session::Special(_)
            | Session::Emergency(_)
            | Session::None { .. } => true,
            Session::Regular(_) | Session::Year(_) => listed || near || tail.is_dated(),
        }
    }

    /// What follows a number: its date and its organ.
    fn tail(&self, from: usize) -> Tail {
        let mut tail = Tail::default();
        let mut at = from;
        let mut linked = false;
        while at < from + TAIL {
            if let Some((date, end)) = self.date(at) {
                tail.dates.push(date);
                tail.date_end = Some(end);
                at = end;
                linked = false;
                continue;
            }
            match self.tokens.kind(at) {
                Some(Kind::Meant(Meaning::Of)) => linked = true,
                Some(Kind::Meant(Meaning::In)) => linked = true,
                Some(Kind::Meant(Meaning::The)) if linked => {}
                Some(Kind::Meant(Meaning::Organ(organ))) if linked => {
                    tail.organs.push(*organ);
                    tail.organ_end = Some(at + 1);
                    linked = false;
                }
                Some(Kind::Word) if linked && self.is_foreign(at) && tail.dates.len() < 2 => {
                    tail.organs.push(Organ::Other);
                    break;
                }
                Some(Kind::Meant(Meaning::Dated)) => {}
                Some(Kind::Comma) => linked = false,
                _ => break,
            }
            at += 1;
        }
        tail
    }

    /// Whether a capitalised word behind `of the` names a body that is not among the organs.
    fn is_foreign(&self, at: usize) -> bool {
        matches!(
            self.tokens.text(at),
            "Conference"
                | "Committee"
                | "Commission"
                | "Board"
                | "Conferencia"
                | "Comité"
                | "Comisión"
                | "Junta"
                | "Conférence"
                | "Commission économique"
                | "Congreso"
                | "Congress"
                | "Congrès"
                | "Forum"
                | "Foro"
                | "Autorité"
                | "Autoridad"
                | "Authority"
                | "Union"
                | "Unión"
        )
    }

    /// The organ that a list names behind its last number: `resoluciones 1267 (1999) y 1373 (2001) del
    /// Consejo de Seguridad`.
    fn organ_ahead(&self, from: usize) -> Vec<Organ> {
        let mut at = from;
        while at < from + 4 * TAIL {
            let tail = self.tail(at);
            if !tail.organs.is_empty() {
                return tail.organs;
            }
            let next = tail.date_end.unwrap_or(at);
            let mut place = next;
            let mut joined = false;
            while let Some(Kind::Comma | Kind::Meant(Meaning::And)) = self.tokens.kind(place) {
                joined = true;
                place += 1;
            }
            if !joined || !matches!(self.tokens.kind(place), Some(Kind::Number(_))) {
                break;
            }
            at = place + 1;
        }
        Vec::new()
    }

    /// The date of a later number in a list without others: `5/1 and 5/2 of 18 June 2007`.
    fn dates_ahead(&self, from: usize) -> Vec<Date> {
        let mut at = from;
        for _ in 0..20 {
            let mut joined = false;
            let mut place = self.tail(at).organ_end.unwrap_or(at);
            while let Some(Kind::Comma | Kind::Meant(Meaning::And)) = self.tokens.kind(place) {
                joined = true;
                place += 1;
            }
            if !joined || !matches!(self.tokens.kind(place), Some(Kind::Number(_))) {
                break;
            }
            at = place + 1;
            let tail = self.tail(at);
            if !tail.dates.is_empty() {
                return tail.dates;
            }
        }
        Vec::new()
    }

    /// A date: `16 December 2021`, `5 de diciembre de 2014`, `1er mars 2019`.
    fn date(&self, at: usize) -> Option<(Date, usize)> {
        if self.tokens.kind(at) != Some(&Kind::Digits) {
            return None;
        }
        let day: i8 = self.tokens.text(at).parse().ok()?;
        let mut next = at + 1;
        if matches!(self.tokens.text(next), "er" | "º" | "st" | "nd" | "rd" | "th") {
            next += 1;
        }
        if self.tokens.is(next, Meaning::Of) {
            next += 1;
        }
        let Some(Meaning::Month(month)) = self.tokens.meaning(next) else { return None };
        next += 1;
        if self.tokens.is(next, Meaning::Of) {
            next += 1;
        }
        let year = self.tokens.text(next);
        let year =
            (year.len() == 4 && self.tokens.kind(next) == Some(&Kind::Digits)).then_some(year)?;
        Some((Date::new(year.parse().ok()?, month, day).ok()?, next + 1))
    }

    /// `ibid.` with its places; none where it stands for a series and not for a document.
    fn ibid(&mut self, at: usize) -> Option<usize> {
        let dot = usize::from(matches!(self.tokens.kind(at + 1), Some(Kind::Dot | Kind::Stop)));
        let end = at + 1 + dot;
        let comma = usize::from(self.tokens.kind(end) == Some(&Kind::Comma));
        let places = place::read(self.tokens, end + comma, true);
        let token = self.tokens.get(at)?;
        let (list, end) = match places {
            Some(places) => (places.list, places.end),
            // `Ibid., vol. 999`, `Ibid., Supplement No. 53A`, `Ibid., Seventy-sixth Session`: no document.
            None if comma == 1 => return None,
            None => (Vec::new(), end),
        };
        self.found.push(Mention {
            range: token.start..token.end,
            named: Named::Ibid,
            places: list,
        });
        Some(end)
    }

    /// Places of the document itself: `paragraph 2 above`, `annex I to the present resolution`; also
    /// `paragraph 2` alone where the sentence names no document that it could be of.
    fn own(&self, places: &Places) -> Option<(Mention, usize)> {
        let said = self.here(places.end);
        let alone = || {
            let other = matches!(
                self.tokens.meaning(places.end),
                Some(Meaning::Of | Meaning::To | Meaning::Thereof)
            );
            let paragraph =
                places.list.iter().all(|p| matches!(p.first(), Some(Step::Paragraph(_))));
            let unnamed = self.found.len() == self.sentence
                && !self.is_of_a_law(places.first)
                && !self.has_its(places.first);
            (paragraph && unnamed && !other).then_some(places.end)
        };
        let end = said.or_else(alone)?;
        let first = self.tokens.get(places.first)?;
        let last = self.tokens.get(places.end - 1)?;
        let range = first.start..last.end;
        let named = Named::Own { said: said.is_some() };
        Some((Mention { range, named, places: places.list.clone() }, end))
    }

    /// Whether an article stands before a paragraph, which is of a treaty then.
    fn is_of_a_law(&self, at: usize) -> bool {
        (at.saturating_sub(6)..at)
            .any(|at| matches!(self.tokens.meaning(at), Some(Meaning::Unit(Unit::Article, _))))
    }

    /// Whether what follows places says that they are of the document itself; the token after it.
    fn here(&self, end: usize) -> Option<usize> {
        if self.tokens.is(end, Meaning::Here) {
            return Some(end + 1);
        }
        let mut at = end;
        let linked = matches!(self.tokens.meaning(at), Some(Meaning::Of | Meaning::To));
        at += usize::from(linked);
        at += usize::from(self.tokens.is(at, Meaning::The));
        if !linked || !self.tokens.is(at, Meaning::Present) {
            return None;
        }
        let thing = self.tokens.meaning(at + 1)?;
        let fits = matches!(
            thing,
            Meaning::Act(_)
                | Meaning::Paper
                | Meaning::Unit(Unit::Annex | Unit::Section | Unit::Chapter, _)
        );
        fits.then_some(at + 2)
    }
}

/// The first parts of symbols of other organizations: the International Maritime Organization, the World
/// Trade Organization, the Food and Agriculture Organization, the International Atomic Energy Agency, and
/// press releases. They are no documents of the United Nations, and no address at undocs.org leads
/// to them.
const FOREIGN_ROOTS: [&str; 28] = [
    "AU", "BWM", "CM", "COFI", "FAL", "FIDI", "FIPI", "FIRO", "GA", "GC", "GOV", "ICAO", "ICC",
    "IEC", "ILO", "IMO", "INFCIRC", "IOC", "ISO", "LC", "LEG", "MEPC", "MSC", "SC", "SOLAS", "SR",
    "STCW", "WT",
];

/// Whether a symbol is none of the United Nations.
fn is_foreign(symbol: &Symbol) -> bool {
    // `GC(64)/RES/15` is of the same organization as `GC/64`.
    let root = symbol.root().split('(').next().unwrap_or_default();
    // `XII/3` is a decision of a conference of parties.
    FOREIGN_ROOTS.contains(&root) || root.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// What follows a number.
#[derive(Clone, Debug, Default)]
struct Tail {
    dates: Vec<Date>,
    organs: Vec<Organ>,
    date_end: Option<usize>,
    organ_end: Option<usize>,
}

impl Tail {
    fn is_dated(&self) -> bool {
        !self.dates.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::mentions;
    use crate::prose::lexer;
    use crate::prose::nickname::Nicknames;

    /// Shapes that would make a reader who goes back look at the same words again and again.
    const SHAPES: [&str; 24] = [
        "resolution ",
        "paragraph 1, ",
        "66/24 and ",
        "(",
        "A/1/1 ",
        "of the ",
        "1 (",
        "A/1/1 and Add.1 and ",
        "ibid., para. 1; ",
        "sixth and ",
        "first, second and ",
        "S-1/",
        "annex I, para. 1 of ",
        "A/75/816, ",
        "217 A (III) A ",
        "/",
        "the Council, in its ",
        "1 January 2000 ",
        "resolution 1/1 of 1 May 2000, ",
        "1/1, ",
        "(a) ",
        "I.A.",
        "paragraphs 1 to 9999 of ",
        "resolution 1/1 of the Council, ",
    ];

    #[test]
    fn work_grows_with_the_text_alone() {
        for shape in SHAPES {
            let work = |bytes: usize| {
                let text = shape.repeat(bytes / shape.len());
                let tokens = lexer::tokens(&text);
                mentions(&tokens, &Nicknames::default());
                (tokens.looks.get(), tokens.len().max(1))
            };
            let ((short, few), (long, many)) = (work(1 << 12), work(1 << 16));
            // Sixteen times the text and sixteen times the work, with room for what begins once.
            assert!(long < 20 * short, "{shape:?}: {short} looks at first, then {long}");
            let most = (short / few).max(long / many);
            assert!(most < 1_000, "{shape:?}: {most} looks at each token");
        }
    }
}
