//! Recognition: from tokens to mentions, sentence by sentence.

use undex_document::Step;

use crate::prose::meaning::Meaning;
use crate::prose::mention::{Mention, Named};
use crate::prose::modifiers;
use crate::prose::nickname::Nicknames;
use crate::prose::organ::Organ;
use crate::prose::place::{self, Places};
use crate::prose::token::{Kind, Tokens};

mod foreign;
mod link;
mod list;
mod tail;
#[cfg(test)]
mod tests;

use list::List;

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
            Kind::Symbol(symbol) if !foreign::is_symbol(symbol) && !is_pattern(tokens, at) => {
                let named = Named::Symbol((**symbol).clone());
                let first = at;
                at = reader.document(named, at, at + 1, &mut waiting);
                reader.share_place(first);
                let count = reader.found.len();
                let end = modifiers::follow(&mut reader.found, tokens, at);
                if end > at {
                    at = reader.after(end, &mut waiting);
                    reader.share_back(count);
                }
                continue;
            }
            Kind::Number(_) => {
                if let Some(numbered) = list::numbered(tokens, at, &mut reader.list, &reader.near) {
                    at = reader.document(Named::Number(numbered), at, at + 1, &mut waiting);
                    continue;
                }
            }
            Kind::Digits => {
                if let Some(numbered) = list::numbered_without_year(tokens, at, &mut reader.list) {
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
            Kind::Meant(Meaning::Organ(organ)) if !reader.near.contains(organ) => {
                reader.near.push(*organ);
            }
            Kind::Meant(Meaning::Act(act)) => {
                let before = reader.list.take();
                reader.list = Some(List::begin(tokens, at, *act, before.as_ref(), &reader.near));
            }
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

/// Whether a symbol goes on in a star, `A/RES/70/*`, and stands for many documents.
fn is_pattern(tokens: &Tokens<'_>, at: usize) -> bool {
    let end = tokens.get(at).map_or(0, |token| token.end);
    tokens.text.get(end..).is_some_and(|rest| rest.starts_with("/*"))
}

/// What has been read of a text.
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
        if let Some(before) =
            waiting.take().filter(|places| link::leads(self.tokens, places, first, &named))
        {
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

    /// Gives the place behind a symbol and its modifications, `A/55/140 and Corr.1, para. 5`, to all of
    /// them. `from` is the first modification.
    fn share_back(&mut self, from: usize) {
        let places = self.found.last().map(|last| last.places.clone()).unwrap_or_default();
        for mention in self.found.iter_mut().skip(from.saturating_sub(1)) {
            if mention.places.is_empty() {
                mention.places.clone_from(&places);
            }
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
        let Some(places) = link::behind(self.tokens, end, by_symbol) else { return end };
        // `resolution 61/105, paragraphs 113 to 127 of resolution 64/72`: places of what follows.
        let led_on = matches!(self.tokens.meaning(places.end), Some(Meaning::Of | Meaning::To));
        if led_on || link::here(self.tokens, places.end).is_some() {
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

    /// Places at a token, outside of what names a document.
    fn places(&self, at: usize) -> Option<Places> {
        match self.tokens.meaning(at)? {
            Meaning::Unit(..) | Meaning::Ordinal(_) | Meaning::Operative | Meaning::Preambular => {
                place::read(self.tokens, at, false)
            }
            _ => None,
        }
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
        let said = link::here(self.tokens, places.end);
        let alone = || {
            let other = matches!(
                self.tokens.meaning(places.end),
                Some(Meaning::Of | Meaning::To | Meaning::Thereof)
            );
            let paragraph =
                places.list.iter().all(|p| matches!(p.first(), Some(Step::Paragraph(_))));
            let unnamed = self.found.len() == self.sentence
                && !link::is_of_a_law(self.tokens, places.first)
                && !list::has_its(self.tokens, places.first);
            (paragraph && unnamed && !other).then_some(places.end)
        };
        let end = said.or_else(alone)?;
        let first = self.tokens.get(places.first)?;
        let last = self.tokens.get(places.end - 1)?;
        let range = first.start..last.end;
        let named = Named::Own { said: said.is_some() };
        Some((Mention { range, named, places: places.list.clone() }, end))
    }
}
