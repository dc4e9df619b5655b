//! Citations of UN documents: found in running text ([`citations`], [`annotate`]), read from what people
//! type ([`reference()`]), and written in the styles of bibliographies ([`write()`]).
//!
//! Text in English, Spanish and French is understood, whichever of them it is in. Nothing is looked up:
//! whether a document is held, or exists, is not known here. Work is linear in the length of a text,
//! whatever it holds.
//!
//! ```
//! use undex_citations::{Known, Nicknames, Style, Work, citations, reference, write};
//! use undex_document::Language;
//!
//! let text = "recordando el párrafo 28 de su resolución 65/182, de 21 de diciembre de 2010";
//! let found = citations(text, &Known::default(), &Nicknames::default());
//! assert_eq!(found[0].symbol.as_str(), "A/RES/65/182");
//! assert_eq!(found[0].pinpoint.as_ref().map(ToString::to_string).as_deref(), Some("para. 28"));
//!
//! let typed = reference("res 217 A (III), art. 3", &Nicknames::default())?;
//! let work = Work::new(&typed.symbol, Language::French);
//! assert_eq!(
//!     write(&work, typed.pinpoint.as_ref(), Style::Un, Language::French),
//!     "Résolution 217 A (III) de l’Assemblée générale, art. 3"
//! );
//! # Ok::<(), undex_citations::ReferenceError>(())
//! ```

mod prose;
mod reference;
mod style;

pub use prose::{Known, Nicknames, annotate, citations};
pub use reference::{MAX_REFERENCE_BYTES, Reference, ReferenceError, reference};
pub use style::{Style, UnknownStyle, Work, name, write, write_all};
