//! Numbers as bars.

use crate::terminal::{SYMBOL, grouped, paint, visible};

/// Parts of a character cell, an eighth each.
const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// The shortest room that a bar is drawn in, in characters; with less, the numbers stand alone.
const LEAST_ROOM: usize = 4;

/// One line of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    /// What the bar is as long as.
    pub count: u64,
    /// A second number, without bar.
    pub more: Option<u64>,
}

/// A line for each row: name, numbers, and on a terminal a bar, the longest as wide as there is room.
/// Without a width, names and numbers are parted by tabs.
pub fn chart(rows: &[Row], width: Option<usize>) -> String {
    let largest = rows.iter().map(|row| row.count).max().unwrap_or(0);
    chart_up_to(rows, width, largest)
}

/// The same where the longest bar stands for `largest`, so that charts can be compared.
pub fn chart_up_to(rows: &[Row], width: Option<usize>, largest: u64) -> String {
    let mut out = String::new();
    let Some(width) = width else {
        for Row { name, count, more } in rows {
            let more = more.map(|more| format!("\t{more}")).unwrap_or_default();
            out.push_str(&format!("{}\t{count}{more}\n", visible(name)));
        }
        return out;
    };
    let column = |text: fn(&Row) -> String| -> Vec<String> { rows.iter().map(text).collect() };
    let names = column(|row| visible(&row.name).into_owned());
    let numbers = column(|row| grouped(row.count));
    let more = column(|row| row.more.map(grouped).unwrap_or_default());
    let widest =
        |texts: &[String]| texts.iter().map(|text| text.chars().count()).max().unwrap_or(0);
    let (name_width, number_width, more_width) = (widest(&names), widest(&numbers), widest(&more));
    let more_room = if more_width > 0 { more_width + 2 } else { 0 };
    let room = width.saturating_sub(name_width + number_width + more_room + 4);
    for (((name, number), more), row) in names.iter().zip(&numbers).zip(&more).zip(rows) {
        let bar = if room < LEAST_ROOM { String::new() } else { bar(row.count, largest, room) };
        let more = if more_room > 0 { format!("  {more:>more_width$}") } else { String::new() };
        let line =
            format!("{name:<name_width$}  {number:>number_width$}{more}  {}", paint(&bar, SYMBOL));
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
        let row = |(name, count): (&str, u64)| Row { name: name.to_owned(), count, more: None };
        let mut rows = [("2019", 3), ("2020", 0), ("undated", 1_200)].map(row);
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
        rows[2].more = Some(17);
        assert_eq!(chart(&rows, None), "2019\t3\n2020\t0\nundated\t1200\t17\n");
        let drawn = anstream::adapter::strip_str(&chart(&rows, Some(30))).to_string();
        assert_eq!(drawn.lines().last(), Some("undated  1,200  17  ██████████"));
        let half = chart_up_to(&rows, Some(30), 2_400);
        assert!(half.contains("█████") && !half.contains("██████"), "{half}");
    }
}
