//! Numbers as bars.

use crate::terminal::{SYMBOL, grouped, paint, visible};

/// Parts of a character cell, an eighth each.
const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// The shortest room that a bar is drawn in, in characters; with less, the numbers stand alone.
const LEAST_ROOM: usize = 4;

/// A line for each row: name, number, and on a terminal a bar, the longest as wide as there is room.
/// Without a width, name and number are parted by a tab.
pub fn chart(rows: &[(String, u64)], width: Option<usize>) -> String {
    let mut out = String::new();
    let Some(width) = width else {
        for (name, count) in rows {
            out.push_str(&format!("{}\t{count}\n", visible(name)));
        }
        return out;
    };
    let names: Vec<String> = rows.iter().map(|(name, _)| visible(name).into_owned()).collect();
    let numbers: Vec<String> = rows.iter().map(|(_, count)| grouped(*count)).collect();
    let widest =
        |texts: &[String]| texts.iter().map(|text| text.chars().count()).max().unwrap_or(0);
    let (name_width, number_width) = (widest(&names), widest(&numbers));
    let room = width.saturating_sub(name_width + number_width + 4);
    let largest = rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
    for ((name, number), (_, count)) in names.iter().zip(&numbers).zip(rows) {
        let bar = if room < LEAST_ROOM { String::new() } else { bar(*count, largest, room) };
        let line = format!("{name:<name_width$}  {number:>number_width$}  {}", paint(&bar, SYMBOL));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// A bar in eighths of a character; what is not nothing is seen.
fn bar(count: u64, largest: u64, room: usize) -> String {
    if count == 0 || largest == 0 {
        return String::new();
    }
    let eighths = u128::from(count) * room as u128 * 8 / u128::from(largest);
    let eighths = usize::try_from(eighths).unwrap_or(usize::MAX).max(1);
    let mut bar = "█".repeat((eighths / 8).min(room));
    bar.extend(EIGHTHS.get(eighths % 8).filter(|part| **part != ' '));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars() {
        // (number, largest, room, bar, why)
        let table = [
            (10, 10, 4, "████", "the largest fills the room"),
            (5, 10, 4, "██", "half"),
            (1, 16, 4, "▎", "eighths"),
            (1, 9_999, 4, "▏", "seen however small"),
            (0, 10, 4, "", "nothing"),
            (0, 0, 4, "", "nothing at all"),
            (u64::MAX, u64::MAX, 2, "██", "as many as there can be"),
        ];
        for (count, largest, room, expected, why) in table {
            assert_eq!(bar(count, largest, room), expected, "{why}");
        }
    }

    #[test]
    fn charts() {
        let rows = [("2019".to_owned(), 3), ("2020".to_owned(), 0), ("undated".to_owned(), 1_200)];
        assert_eq!(chart(&rows, None), "2019\t3\n2020\t0\nundated\t1200\n");
        let drawn = chart(&rows, Some(30));
        let plain: Vec<String> =
            drawn.lines().map(|line| anstream::adapter::strip_str(line).to_string()).collect();
        assert_eq!(
            plain,
            ["2019         3  ▏", "2020         0  ", "undated  1,200  ██████████████"]
        );
        let narrow = chart(&rows, Some(10));
        assert!(!narrow.contains('█'), "{narrow}");
    }
}
