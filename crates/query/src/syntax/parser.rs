//! A recursive-descent reader of queries: one function per line of the grammar.

use super::cursor::{Cursor, is_quotation_mark};
use super::error::{QueryError, QueryLimit, SyntaxError};
use super::expression::{Expression, TextField};
use super::{MAX_CLAUSES, MAX_DEPTH, MAX_QUERY_BYTES, filter};

/// What may begin an item, as messages say it.
const AN_ITEM: &str = "a word, a quoted phrase, a filter or an opening parenthesis";

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
        let mut expression = self.primary()?;
        self.depth = before;
        for _ in 0..negations {
            expression = Expression::Not(Box::new(expression));
        }
        Ok(expression)
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
        Ok(inside)
    }

    fn field(&mut self, name: &str) -> Result<Expression, QueryError> {
        let column = self.cursor.column();
        let field = [TextField::Title, TextField::Heading, TextField::Note]
            .into_iter()
            .find(|field| field.name() == name);
        let is_filter = filter::NAMES.contains(&name);
        if field.is_none() && !is_filter {
            return Err(SyntaxError {
                column,
                found: format!("the unknown field `{name}`"),
                expected: format!("one of title, heading, note, {}", filter::NAMES.join(", ")),
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
        let column = self.cursor.column();
        let value = if self.cursor.peek().is_some_and(is_quotation_mark) {
            self.cursor.take_quoted().ok_or_else(|| unclosed(column))?
        } else {
            self.cursor.take_value().1
        };
        if value.is_empty() {
            return Err(self.unexpected(&format!("a value right after `{name}:`")));
        }
        self.clause()?;
        let filter = filter::read(name, &value).map_err(|refusal| SyntaxError {
            column,
            found: format!("`{value}`"),
            expected: refusal.expected,
            hint: refusal.hint,
        })?;
        Ok(Expression::Filter(filter))
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
        Ok(Expression::Phrase { field, text })
    }

    fn word(&mut self, field: TextField) -> Result<Expression, QueryError> {
        let (column, text) = self.cursor.take_word();
        self.clause()?;
        let Some(star) = text.find('*') else { return Ok(Expression::Word { field, text }) };
        let (start, rest) = text.split_at(star);
        if rest != "*" || !start.contains(char::is_alphanumeric) {
            return Err(SyntaxError {
                column: column + start.chars().count(),
                found: "a star inside a word or alone".to_owned(),
                expected: "letters and one star at their end".to_owned(),
                hint: Some("write confian* for confianza, confiance, confiant".to_owned()),
            }
            .into());
        }
        Ok(Expression::Prefix { field, text: start.to_owned() })
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
        let hint = matches!(found.as_str(), "`AND`" | "`OR`" | "`NOT`")
            .then(|| "the words and, or, not themselves are written in small letters".to_owned());
        let column = self.cursor.column();
        SyntaxError { column, found, expected: expected.to_owned(), hint }.into()
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
