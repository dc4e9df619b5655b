//! The figures that must not be lost again.

use std::process::ExitCode;

/// What a figure must reach, where it has a floor: a little below what was measured, so that a fair change passes and a loss
/// does not.
const FLOORS: [(&str, f64); 18] = [
    ("MRR@10, es, as printed", 0.935),
    ("MRR@10, es, no accents", 0.935),
    ("MRR@10, es, other forms", 0.885),
    ("MRR@10, fr, as printed", 0.905),
    ("MRR@10, fr, no accents", 0.905),
    ("MRR@10, fr, other forms", 0.865),
    ("MRR@10, en, as printed", 0.925),
    ("MRR@10, en, no accents", 0.925),
    ("MRR@10, en, other forms", 0.86),
    ("nDCG@10, es", 0.53),
    ("nDCG@10, fr", 0.50),
    ("nDCG@10, en", 0.49),
    ("recall@20, es", 0.65),
    ("recall@20, fr", 0.56),
    ("recall@20, en", 0.545),
    ("pairs found, es", 1.0),
    ("pairs found, fr", 1.0),
    ("pairs found, en", 1.0),
];

/// The figures below their floor.
#[derive(Default)]
pub(crate) struct Floors(Vec<String>);

impl Floors {
    /// Compares a figure with its floor, where it has one.
    pub(crate) fn hold(&mut self, name: &str, figure: f64) {
        let floor = FLOORS.iter().find(|(known, _)| *known == name).map(|(_, floor)| *floor);
        if let Some(floor) = floor.filter(|floor| figure < *floor) {
            self.0.push(format!("{name}: {figure:.3} is below {floor:.3}"));
        }
    }

    /// Prints what is below, if anything is.
    pub(crate) fn verdict(self) -> ExitCode {
        for below in &self.0 {
            println!("below the floor: {below}");
        }
        ExitCode::from(u8::from(!self.0.is_empty()))
    }
}
