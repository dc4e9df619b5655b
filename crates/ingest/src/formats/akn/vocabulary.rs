//! The names that undex writes into AKN4UN XML and takes at their word when it reads them.
//!
//! The standard lets an element say by `refersTo` what it is, as an entry of the document's own list
//! of concepts. The roles of paragraphs are such concepts; `eId`, the standard's address of a place,
//! is made of the steps of the pinpoint. A document that lists these concepts is read by them.

use undex_document::Role;

/// The namespace of Akoma Ntoso 3.0.
pub(crate) const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// What the addresses of roles begin with in the list of concepts; the name of the role follows.
pub(crate) const ROLE_CONCEPT: &str = "/akn/ontology/concept/undex/role/";
/// What the local names of roles begin with. Places never begin so: their steps end at `_`.
pub(crate) const ROLE_ID: &str = "role-";

/// The class of an inline element that holds the label of a line that can have no `num`.
pub(crate) const LABEL_CLASS: &str = "label";
/// The status of a heading that the document does not print where it stands: it only says under which
/// headings the following stands, because they cannot be nested there.
pub(crate) const EDITORIAL: &str = "editorial";

/// `FRBRalias` of a symbol.
pub(crate) const SYMBOL_ALIAS: &str = "symbol";
/// `FRBRalias` of the title without number.
pub(crate) const TITLE_ALIAS: &str = "title";
/// `refersTo` of a keyword that is an agenda item.
pub(crate) const AGENDA_ITEM: &str = "#agendaItem";
/// `refersTo` of a keyword that is a session.
pub(crate) const SESSION: &str = "#session";

/// The local name of a role, without the `#` of a reference.
pub(crate) fn role_id(role: Role) -> String {
    format!("{ROLE_ID}{}", role.name())
}
