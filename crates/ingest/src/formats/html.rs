//! x
use super::Draft;
use crate::{ExtractError, Limits};
pub(crate) fn read(path: &str, _text: &str, _limits: &Limits) -> Result<Draft, ExtractError> {
    Err(ExtractError::Empty { path: path.to_owned() })
}
