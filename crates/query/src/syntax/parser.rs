//! A recursive-descent reader of queries: one function per line of the grammar.

use super::cursor::{Cursor, is_quotation_mark};
use super::error::{QueryError, QueryLimit, SyntaxError};
use super::expression::{Expression, TextField};
use super::weight::Weight;
use super::word::{self, Suffix};
use super::{MAX_CLAUSES, MAX_DEPTH, MAX_DISTANCE, MAX_QUERY_BYTES, filter};

/// What may begin an item, as messages say it.
const AN_ITEM: &str = "a word, a quoted phrase, a filter or an opening parenthesis";

/// What may stand on either side of `NEAR`, as messages say it.
const AN_OPERAND: &str = "a word, a prefix or a quoted phrase without field, slop or weight";

/// Another name of `heading:`, for those who think of what stands below it.
const SECTION: &str = "section";

pub(super) fn parse(text: &str) -> Result<Expression, QueryError> {
    if text.len() > MAX_QUERY_BYTES {
        return Err(QueryError::limit(QueryLimit::Bytes, text.len()));
    }
    let mut parser = Parser { cursor: Cursor::new(text), depth: 0, clauses: 0 };
    let expression = parser.any()?;
    // The only thing that stops a whole query short of its end is a parenthesis nobody opened.
    match parser.ahead() {
        Ahead::End => Ok(expression),
        _ => Err(parser.unexpected("the end of the query or an opening parenthesis before it")),
    }
}

struct Parser {
    cursor: Cursor,
    depth: usize,
    clauses: usize,
}

/// What stands at the cursor.
enum Ahead {
    End,
    Close,
    And,
    Or,
    Near,
    Item,
}

impl Parser {
    fn any(&mut self) -> Result<Expression, QueryError> {
        let mut parts = vec![self.all()?];
        while matches!(self.ahead(), Ahead::Or) {
            self.cursor.take_word();
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Expression::Any))
    }

    fn all(&mut self) -> Result<Expression, QueryError> {
        let mut parts = vec![self.wanted()?];
        while matches!(self.ahead(), Ahead::And) {
            self.cursor.take_word();
            parts.push(self.wanted()?);
        }
        Ok(one_or(parts, Expression::All))
    }

    fn wanted(&mut self) -> Result<Expression, QueryError> {
        let mut parts = Vec::new();
        while matches!(self.ahead(), Ahead::Item) {
            parts.push(self.item()?);
        }
        if parts.is_empty() {
            return Err(self.unexpected(AN_ITEM));
        }
        Ok(one_or(parts, Expression::Wanted))
    }

    fn item(&mut self) -> Result<Expression, QueryError> {
        let before = self.depth;
        let mut negations = 0usize;
        loop {
            if self.cursor.peek() == Some('-') {
                self.cursor.advance();
            } else if self.cursor.word() == "NOT" {
                self.cursor.take_word();
            } else {
                break;
            }
            self.deeper()?;
            negations += 1;
            if !matches!(self.ahead(), Ahead::Item) {
                return Err(self.unexpected(&format!("{AN_ITEM} to leave out")));
            }
        }
        let mut expression = self.near()?;
        self.depth = before;
        for _ in 0..negations {
            expression = Expression::Not(Box::new(expression));
        }
        Ok(expression)
    }

    /// An item, or two with `NEAR` between them.
    fn near(&mut self) -> Result<Expression, QueryError> {
        let column = self.cursor.column();
        let left = self.primary()?;
        if !matches!(self.ahead(), Ahead::Near) {
            return Ok(left);
        }
        check_operand(&left, column)?;
        let (column, operator) = self.cursor.take_word();
        let Some(Ok(distance)) = word::near(&operator) else {
            return Err(SyntaxError {
                column,
                found: format!("`{operator}`"),
                expected: format!("NEAR, or NEAR/1 to NEAR/{MAX_DISTANCE}"),
                hint: Some(format!("to find the text itself, quote it: \"{operator}\"")),
            }
            .into());
        };
        let begins = matches!(self.ahead(), Ahead::Item);
        if !begins || self.cursor.peek() == Some('-') || self.cursor.word() == "NOT" {
            return Err(self.unexpected(AN_OPERAND));
        }
        let column = self.cursor.column();
        let right = self.primary()?;
        check_operand(&right, column)?;
        if matches!(self.ahead(), Ahead::Near) {
            return Err(SyntaxError {
                column: self.cursor.column(),
                found: "a second NEAR in a row".to_owned(),
                expected: "one between two items".to_owned(),
                hint: Some("write (a NEAR/5 b) AND (b NEAR/5 c)".to_owned()),
            }
            .into());
        }
        Ok(Expression::Near { left: Box::new(left), right: Box::new(right), distance })
    }

    fn primary(&mut self) -> Result<Expression, QueryError> {
        match self.cursor.peek() {
            Some('(') => return self.parenthesis(),
            Some(c) if is_quotation_mark(c) => return self.quoted(TextField::Everywhere),
            _ => {}
        }
        if let Some(name) = self.cursor.field() {
            return self.field(&name);
        }
        self.word(TextField::Everywhere)
    }

    fn parenthesis(&mut self) -> Result<Expression, QueryError> {
        let opened = self.cursor.column();
        self.deeper()?;
        self.cursor.advance();
        let inside = self.any()?;
        match self.ahead() {
            Ahead::Close => self.cursor.advance(),
            _ => {
                let expected = format!("a parenthesis to close the one at column {opened}");
                return Err(self.unexpected(&expected));
            }
        }
        self.depth -= 1;
        let column = self.cursor.column();
        let suffix = self.suffix()?;
        if suffix.tilde.is_some() {
            return Err(SyntaxError {
                column,
                found: "a tilde behind a parenthesis".to_owned(),
                expected: "it behind a word or a quoted phrase".to_owned(),
                hint: None,
            }
            .into());
        }
        weighted(inside, suffix.weight, column)
    }

    fn field(&mut self, name: &str) -> Result<Expression, QueryError> {
        let column = self.cursor.column();
        let field = [TextField::Title, TextField::Heading, TextField::Note, TextField::Verb]
            .into_iter()
            .find(|field| field.name() == name)
            .or((name == SECTION).then_some(TextField::Heading));
        let is_filter = filter::NAMES.contains(&name);
        if field.is_none() && !is_filter {
            return Err(SyntaxError {
                column,
                found: format!("the unknown field `{name}`"),
                expected: format!(
                    "one of title, heading, {SECTION}, note, verb, {}",
                    filter::NAMES.join(", ")
                ),
                hint: Some(format!("to find the text itself, quote it: \"{name}: ...\"")),
            }
            .into());
        }
        self.cursor.skip_field(name);
        match field {
            Some(field) if self.cursor.peek().is_some_and(is_quotation_mark) => self.quoted(field),
            Some(field) if !self.cursor.word().is_empty() => self.word(field),
            Some(_) => {
                Err(self.unexpected(&format!("a word or a quoted phrase right after `{name}:`")))
            }
            None => self.filter(name),
        }
    }

    fn filter(&mut self, name: &str) -> Result<Expression, QueryError> {
        let values = self.values(name)?;
        let mut filters = Vec::with_capacity(values.len());
        for (column, value) in values {
            self.clause()?;
            let filter = filter::read(name, &value).map_err(|refusal| SyntaxError {
                column,
                found: format!("`{value}`"),
                expected: refusal.expected,
                hint: refusal.hint,
            })?;
            filters.push(Expression::Filter(filter));
        }
        Ok(one_or(filters, Expression::Any))
    }

    /// The values of a filter with the columns where they begin: one, several with commas between
    /// them, or the same in parentheses with spaces as one likes.
    fn values(&mut self, name: &str) -> Result<Vec<(usize, String)>, QueryError> {
        let column = self.cursor.column();
        match self.cursor.peek() {
            Some(c) if is_quotation_mark(c) => {
                let value = self.cursor.take_quoted().ok_or_else(|| unclosed(column))?;
                if value.is_empty() {
                    return Err(self.unexpected(&format!("a value right after `{name}:`")));
                }
                Ok(vec![(column, value)])
            }
            Some('(') => self.listed(name, column),
            _ => {
                let mut column = column;
                let value = self.cursor.take_value().1;
                if value.is_empty() {
                    return Err(self.unexpected(&format!("a value right after `{name}:`")));
                }
                let mut values = Vec::new();
                for part in value.split(',') {
                    if part.is_empty() {
                        return Err(no_value(name, column).into());
                    }
                    values.push((column, part.to_owned()));
                    column += part.chars().count() + 1;
                }
                Ok(values)
            }
        }
    }

    fn listed(&mut self, name: &str, opened: usize) -> Result<Vec<(usize, String)>, QueryError> {
        self.cursor.advance();
        let mut values = Vec::new();
        loop {
            self.cursor.skip_space();
            let column = self.cursor.column();
            let value = match self.cursor.peek() {
                Some(c) if is_quotation_mark(c) => {
                    self.cursor.take_quoted().ok_or_else(|| unclosed(column))?
                }
                _ => self.cursor.take_listed(),
            };
            if value.is_empty() {
                return Err(no_value(name, column).into());
            }
            values.push((column, value));
            self.cursor.skip_space();
            match self.cursor.peek() {
                Some(',') => self.cursor.advance(),
                Some(')') => break,
                _ => {
                    let expected =
                        format!("a comma, or a parenthesis to close the one at column {opened}");
                    return Err(self.unexpected(&expected));
                }
            }
        }
        self.cursor.advance();
        let column = self.cursor.column();
        if matches!(self.cursor.peek(), Some('~' | '^')) {
            return Err(SyntaxError {
                column,
                found: "a weight behind a filter".to_owned(),
                expected: "it behind a word, a phrase or a group of these".to_owned(),
                hint: Some("filters do not change the rank".to_owned()),
            }
            .into());
        }
        Ok(values)
    }

    fn quoted(&mut self, field: TextField) -> Result<Expression, QueryError> {
        let column = self.cursor.column();
        let text = self.cursor.take_quoted().ok_or_else(|| unclosed(column))?;
        if !text.contains(char::is_alphanumeric) {
            return Err(SyntaxError {
                column,
                found: "quotation marks without words".to_owned(),
                expected: "words between them".to_owned(),
                hint: None,
            }
            .into());
        }
        self.clause()?;
        let column = self.cursor.column();
        let suffix = self.suffix()?;
        let slop = word::slop(suffix.tilde, column)?;
        weighted(Expression::Phrase { field, text, slop }, suffix.weight, column)
    }

    fn word(&mut self, field: TextField) -> Result<Expression, QueryError> {
        let (column, mut text) = self.cursor.take_word();
        self.clause()?;
        let behind;
        let suffix = match word::suffix_start(&text) {
            Some(start) => {
                let rest: String = text.chars().skip(start).collect();
                text = text.chars().take(start).collect();
                behind = column + start;
                word::suffix(&rest, behind)?
            }
            // Behind the parenthesis of a symbol, which ends a word.
            None => {
                behind = self.cursor.column();
                if text.ends_with(')') { self.suffix()? } else { Suffix::default() }
            }
        };
        let word = word::classified(field, text, suffix.tilde, column)?;
        weighted(word, suffix.weight, behind)
    }

    /// What stands directly at the cursor, where an item has just ended.
    fn suffix(&mut self) -> Result<Suffix, QueryError> {
        if !matches!(self.cursor.peek(), Some('~' | '^')) {
            return Ok(Suffix::default());
        }
        let (column, text) = self.cursor.take_word();
        Ok(word::suffix(&text, column)?)
    }

    /// Skips what is no item and says what comes next. Marks without a letter or digit, such as a
    /// dash between spaces, part words and are nothing by themselves.
    fn ahead(&mut self) -> Ahead {
        loop {
            self.cursor.skip_space();
            match self.cursor.peek() {
                None => return Ahead::End,
                Some(')') => return Ahead::Close,
                Some('(') => return Ahead::Item,
                Some(c) if is_quotation_mark(c) => return Ahead::Item,
                Some('-')
                    if self.cursor.second().is_some_and(|c| c == '(' || is_quotation_mark(c)) =>
                {
                    return Ahead::Item;
                }
                Some(_) => {}
            }
            let word = self.cursor.word();
            match word.as_str() {
                "AND" => return Ahead::And,
                "OR" => return Ahead::Or,
                operator if word::near(operator).is_some() => return Ahead::Near,
                _ if word.contains(|c: char| c.is_alphanumeric() || c == '*') => {
                    return Ahead::Item;
                }
                _ => self.cursor.take_word(),
            };
        }
    }

    fn clause(&mut self) -> Result<(), QueryError> {
        self.clauses += 1;
        match self.clauses > MAX_CLAUSES {
            true => Err(QueryError::limit(QueryLimit::Clauses, self.clauses)),
            false => Ok(()),
        }
    }

    fn deeper(&mut self) -> Result<(), QueryError> {
        self.depth += 1;
        match self.depth > MAX_DEPTH {
            true => Err(QueryError::limit(QueryLimit::Depth, self.depth)),
            false => Ok(()),
        }
    }

    /// An error about what stands at the cursor.
    fn unexpected(&mut self, expected: &str) -> QueryError {
        let ahead = self.ahead();
        let found = match (ahead, self.cursor.peek()) {
            (Ahead::End, _) => "the end of the query".to_owned(),
            (Ahead::Close, _) => "a closing parenthesis".to_owned(),
            (_, Some('(')) => "an opening parenthesis".to_owned(),
            (_, Some(c)) if is_quotation_mark(c) => "a quotation mark".to_owned(),
            _ => format!("`{}`", self.cursor.word()),
        };
        let hint = match found.as_str() {
            "`AND`" | "`OR`" | "`NOT`" => {
                Some("the words and, or, not themselves are written in small letters".to_owned())
            }
            found if found.starts_with("`NEAR") => {
                Some("the word near itself is written in small letters".to_owned())
            }
            _ => None,
        };
        let column = self.cursor.column();
        SyntaxError { column, found, expected: expected.to_owned(), hint }.into()
    }
}

/// Refuses what cannot be beside `NEAR`: its places in the text are not known, or it has a weight of
/// its own.
fn check_operand(operand: &Expression, column: usize) -> Result<(), SyntaxError> {
    match operand {
        Expression::Word { field: TextField::Everywhere, .. }
        | Expression::Prefix { field: TextField::Everywhere, .. }
        | Expression::Wildcard { field: TextField::Everywhere, .. }
        | Expression::Fuzzy { field: TextField::Everywhere, .. }
        | Expression::Phrase { field: TextField::Everywhere, slop: 0, .. } => Ok(()),
        _ => Err(SyntaxError {
            column,
            found: "another kind of item beside NEAR".to_owned(),
            expected: AN_OPERAND.to_owned(),
            hint: Some("write (a NEAR/5 c) OR (b NEAR/5 c) for (a OR b) NEAR/5 c".to_owned()),
        }),
    }
}

/// Gives a part its weight, unless weights around each other multiply to more than one may be.
fn weighted(
    part: Expression,
    weight: Option<Weight>,
    column: usize,
) -> Result<Expression, QueryError> {
    let Some(weight) = weight else { return Ok(part) };
    let weighted = Expression::Weighted { part: Box::new(part), weight };
    let (most, least) = weighted.factors();
    // Floating-point numbers: 0.1 times 0.1 may be a little less than 0.01.
    if most <= Weight::MOST.factor() * 1.001 && least >= Weight::LEAST.factor() * 0.999 {
        return Ok(weighted);
    }
    Err(SyntaxError {
        column: column + 1,
        found: format!("`{weight}` around other weights"),
        expected: format!(
            "weights that multiply to no less than {} and no more than {}",
            Weight::LEAST,
            Weight::MOST
        ),
        hint: None,
    }
    .into())
}

fn no_value(name: &str, column: usize) -> SyntaxError {
    SyntaxError {
        column,
        found: "no value".to_owned(),
        expected: "one before and behind each comma".to_owned(),
        hint: Some(format!("write {name}:a,b without spaces, or {name}:(a, b)")),
    }
}

fn unclosed(column: usize) -> QueryError {
    SyntaxError {
        column,
        found: "a quotation mark that nothing closes".to_owned(),
        expected: "another one after the phrase".to_owned(),
        hint: None,
    }
    .into()
}

/// A group of one is its only part.
fn one_or(mut parts: Vec<Expression>, group: fn(Vec<Expression>) -> Expression) -> Expression {
    match (parts.len(), parts.pop()) {
        (1, Some(part)) => part,
        (_, last) => {
            parts.extend(last);
            group(parts)
        }
    }
}
