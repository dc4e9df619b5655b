//! Figures as JSON, an object a line, each written as soon as it is known: a measurement that is ended
//! early has told what it found until then.

use serde_json::{Map, Value, json};

use crate::measure::process::{Run, best, processor_seconds, seconds};
use crate::measure::{Outcome, machine, version};

/// The head: what is measured, on what machine.
pub(crate) fn head(question: &str) -> Outcome<()> {
    write(json!({ "question": question, "program": version()?, "machine": machine() }));
    Ok(())
}

/// A line of figures; the later fields win.
pub(crate) fn line(parts: impl IntoIterator<Item = Value>) {
    let fields = parts.into_iter().filter_map(|part| match part {
        Value::Object(fields) => Some(fields),
        _ => None,
    });
    write(Value::Object(fields.flatten().collect::<Map<String, Value>>()));
}

/// What there is to say beside the figures.
pub(crate) fn note(text: &str) {
    write(json!({ "note": text }));
}

#[allow(clippy::print_stdout, reason = "its output is its result")]
fn write(value: Value) {
    println!("{value}");
}

/// How long runs of one kind took.
pub(crate) fn times(runs: &[Run]) -> Value {
    let worst = runs.iter().map(|run| run.seconds).fold(0.0, f64::max);
    json!({
        "runs": runs.len(),
        "median_seconds": rounded(seconds(runs)),
        "best_seconds": rounded(best(runs)),
        "worst_seconds": rounded(worst),
        "processor_seconds": processor_seconds(runs).map(rounded),
    })
}

/// A figure without digits that the next run would not repeat.
pub(crate) fn rounded(value: f64) -> f64 {
    /// As many as are told apart.
    const DIGITS: i32 = 4;
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let places = DIGITS - 1 - value.abs().log10().floor() as i32;
    let text = format!("{value:.*}", usize::try_from(places).unwrap_or_default());
    text.parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn figures_keep_four_digits() {
        let cases = [(0.0123456, 0.01235), (12.3456, 12.35), (123_456.7, 123_457.0), (0.0, 0.0)];
        for (value, expected) in cases {
            assert_eq!(rounded(value), expected, "{value}");
        }
        assert!(rounded(f64::NAN).is_nan());
    }
}
