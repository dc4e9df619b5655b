//! Filters as terms and ranges.

use undex_document::{Date, DocumentType, Language};
use undex_schema::tantivy::Term;
use undex_schema::{Fields, date_number};

use super::Node;
use crate::{Filter, SearchRequest};

/// The largest number a date has; an open range ends there.
const LAST_DATE: u64 = u64::MAX;

pub(super) fn filter(filter: &Filter, fields: &Fields) -> Node {
    let (field, text) = match filter {
        Filter::Symbol(symbol) => (fields.symbol, symbol.as_str()),
        Filter::SymbolPrefix(prefix) => (fields.symbol_prefix, prefix.as_str()),
        // The planner asks for the names of the document first.
        Filter::Cites(symbol) => (fields.cites, symbol.as_str()),
        Filter::CitesPrefix(prefix) => (fields.cites_prefix, prefix.as_str()),
        Filter::Body(body) => (fields.body, body.as_str()),
        Filter::Language(language) => (fields.language, language.code()),
        Filter::Type(kind) => (fields.kind, kind.name()),
        Filter::Role(role) => (fields.role, role.name()),
        Filter::Date { from, to } => return dates(*from, *to),
    };
    Node::Terms(vec![Term::from_field_text(field, text)], 0.0)
}

fn dates(from: Option<Date>, to: Option<Date>) -> Node {
    Node::Dates(from.map_or(0, date_number), to.map_or(LAST_DATE, date_number))
}

pub(super) fn languages(languages: &[Language], fields: &Fields) -> Node {
    let term = |language: &Language| Term::from_field_text(fields.language, language.code());
    Node::Terms(languages.iter().map(term).collect(), 0.0)
}

fn types(types: &[DocumentType], fields: &Fields) -> Node {
    let term = |kind: &DocumentType| Term::from_field_text(fields.kind, kind.name());
    Node::Terms(types.iter().map(term).collect(), 0.0)
}

/// The conditions that stand beside the query, but for the languages.
pub(super) fn beside(request: &SearchRequest, fields: &Fields) -> Vec<Node> {
    let mut conditions = Vec::new();
    if request.from.is_some() || request.to.is_some() {
        conditions.push(dates(request.from, request.to));
    }
    if !request.types.is_empty() {
        conditions.push(types(&request.types, fields));
    }
    conditions
}
