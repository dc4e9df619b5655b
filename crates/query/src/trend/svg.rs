//! A trend as a drawing: lines over years, in SVG 1.1.
//!
//! Colours are those of Okabe and Ito, which people with any colour vision tell apart; each line has its own
//! dashes and marks as well, so that print without colour does. The drawing has a title and a description,
//! and every mark says its numbers, for those who hear it.

use std::fmt::Write;

use super::{Trend, TrendCount, TrendSeries};
use crate::xml::escaped;

/// The size of the drawing without legend, in pixels.
const WIDTH: f64 = 800.0;
const HEIGHT: f64 = 400.0;

/// Where the axes are, in pixels from the edges: room for their labels.
const LEFT: f64 = 70.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = 56.0;

/// The height of a line of the legend.
const LEGEND_LINE: f64 = 22.0;

/// The most years that are named on the axis: four digits and room between them.
const YEARS_NAMED: u32 = 14;

/// Parts of the other axis.
const STEPS: u64 = 5;

/// Characters of a query in the legend; the whole query is in its title.
const QUERY_SHOWN: usize = 48;

/// How lines differ: colour, dashes, and a mark.
const LINES: [(&str, &str, Mark); 8] = [
    ("#0072b2", "", Mark::Circle),
    ("#d55e00", "8 4", Mark::Square),
    ("#009e73", "2 3", Mark::Triangle),
    ("#cc79a7", "10 3 2 3", Mark::Diamond),
    ("#000000", "14 5", Mark::Cross),
    ("#e69f00", "5 2 2 2 2 2", Mark::Circle),
    ("#56b4e9", "3 6", Mark::Square),
    ("#7f3c8d", "16 3 4 3", Mark::Triangle),
];

#[derive(Clone, Copy)]
enum Mark {
    Circle,
    Square,
    Triangle,
    Diamond,
    Cross,
}

/// Where years and numbers are in the drawing.
struct Scale {
    first: u16,
    last: u16,
    /// The number at the top.
    top: u64,
    /// The number between two lines across.
    step: u64,
}

impl Trend {
    /// The paragraphs of each year as an SVG drawing. Undated ones are named in the legend. The same trend
    /// gives the same bytes.
    pub fn to_svg(&self) -> String {
        let height = HEIGHT + LEGEND_LINE * self.series.len() as f64 + 10.0;
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"title description\" \
             font-family=\"sans-serif\" font-size=\"13\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"description\">{}</desc>\n\
             <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
            escaped(&self.name()),
            escaped(&self.described()),
        );
        // Writing to a string does not fail.
        if let Some(scale) = self.scale() {
            scale.axes(&mut out);
            for (series, line) in self.series.iter().zip(LINES.iter().cycle()) {
                draw(&mut out, series, line, &scale);
            }
        } else {
            let (x, y) = (WIDTH / 2.0, HEIGHT / 2.0);
            let _ = writeln!(
                out,
                "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">No dated paragraph matches</text>"
            );
        }
        let lines = self.series.iter().zip(LINES.iter().cycle());
        for (at, (series, line)) in lines.enumerate() {
            legend(&mut out, series, line, HEIGHT + LEGEND_LINE * (at as f64 + 0.5));
        }
        out.push_str("</svg>\n");
        out
    }

    fn name(&self) -> String {
        let queries: Vec<&str> = self.series.iter().map(|one| one.query.as_str()).collect();
        format!("Matching paragraphs by year: {}", queries.join("; "))
    }

    /// What the lines say, in words.
    fn described(&self) -> String {
        let mut out = String::new();
        for series in &self.series {
            let _ = write!(out, "{}.", in_words(series));
            let most = series.years.iter().max_by_key(|(year, count)| {
                // Of equal years the first.
                (count.paragraphs, std::cmp::Reverse(**year))
            });
            if let Some((year, count)) = most {
                let _ = write!(out, " Most in {year}: {}.", count.paragraphs);
            }
            out.push(' ');
        }
        out.trim_end().to_owned()
    }

    fn scale(&self) -> Option<Scale> {
        let (first, last) = self.years?;
        let numbers = self.series.iter().flat_map(|one| one.years.values());
        let most = numbers.map(|count| count.paragraphs).max().unwrap_or_default().max(1);
        let step = round_step(most);
        Some(Scale { first, last, top: most.div_ceil(step).saturating_mul(step), step })
    }
}

/// `cyber*: 12 paragraphs in 3 documents, 1 of them undated`
fn in_words(series: &TrendSeries) -> String {
    let mut out = format!("{}: {}", series.query, counted(series.all));
    if series.undated.paragraphs > 0 {
        let _ = write!(out, ", {} of them undated", series.undated.paragraphs);
    }
    out
}

/// `1 paragraph in 1 document`
fn counted(count: TrendCount) -> String {
    let plural = |number: u64| if number == 1 { "" } else { "s" };
    format!(
        "{} paragraph{} in {} document{}",
        count.paragraphs,
        plural(count.paragraphs),
        count.documents,
        plural(count.documents)
    )
}

/// The smallest of 1, 2 and 5 times a power of ten that parts a number into few steps.
fn round_step(most: u64) -> u64 {
    let mut power = 1u64;
    loop {
        for factor in [1, 2, 5] {
            let step = power.saturating_mul(factor);
            if step.saturating_mul(STEPS) >= most {
                return step;
            }
        }
        power = power.saturating_mul(10);
    }
}

impl Scale {
    fn x(&self, year: u16) -> f64 {
        let years = f64::from(self.last - self.first);
        let room = WIDTH - LEFT - RIGHT;
        if years == 0.0 {
            return LEFT + room / 2.0;
        }
        LEFT + room * f64::from(year - self.first) / years
    }

    fn y(&self, number: u64) -> f64 {
        let room = HEIGHT - TOP - BOTTOM;
        HEIGHT - BOTTOM - room * number as f64 / self.top as f64
    }

    fn axes(&self, out: &mut String) {
        let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
        out.push_str("<g fill=\"#333333\">\n");
        let mut number = 0;
        while number <= self.top {
            let y = self.y(number);
            let _ = writeln!(
                out,
                "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{right}\" y2=\"{y:.1}\" stroke=\"#dddddd\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{number}</text>",
                LEFT - 8.0,
                y + 4.5,
            );
            number = number.saturating_add(self.step);
        }
        let years = u32::from(self.last - self.first);
        let apart = round_step(u64::from(years.div_ceil(YEARS_NAMED)) * STEPS).max(1);
        for year in self.first..=self.last {
            if !u64::from(year).is_multiple_of(apart) && years > 0 {
                continue;
            }
            let x = self.x(year);
            let _ = writeln!(
                out,
                "<line x1=\"{x:.1}\" y1=\"{bottom}\" x2=\"{x:.1}\" y2=\"{}\" stroke=\"#333333\"/>\
                 <text x=\"{x:.1}\" y=\"{}\" text-anchor=\"middle\">{year}</text>",
                bottom + 5.0,
                bottom + 20.0,
            );
        }
        let _ = writeln!(
            out,
            "<line x1=\"{LEFT}\" y1=\"{bottom}\" x2=\"{right}\" y2=\"{bottom}\" stroke=\"#333333\"/>\n\
             <text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">Year</text>\n\
             <text transform=\"translate(18 {:.1}) rotate(-90)\" text-anchor=\"middle\">Paragraphs</text>\n\
             </g>",
            (LEFT + right) / 2.0,
            bottom + 42.0,
            (TOP + bottom) / 2.0,
        );
    }
}

/// A line from the first year to the last, with a mark at every year that has something.
fn draw(out: &mut String, series: &TrendSeries, line: &(&str, &str, Mark), scale: &Scale) {
    let (colour, dashes, mark) = line;
    let points: Vec<String> = (scale.first..=scale.last)
        .map(|year| {
            let (x, y) = (scale.x(year), scale.y(series.of(year).paragraphs));
            format!("{x:.1},{y:.1}")
        })
        .collect();
    let _ = writeln!(
        out,
        "<g stroke=\"{colour}\" fill=\"none\" stroke-width=\"2\">\n<title>{}</title>\n\
         <polyline points=\"{}\"{}/>",
        escaped(&in_words(series)),
        points.join(" "),
        dashed(dashes),
    );
    for (year, count) in &series.years {
        let said = format!("{}, {year}: {}", series.query, counted(*count));
        let (x, y) = (scale.x(*year), scale.y(count.paragraphs));
        let _ = writeln!(
            out,
            "{}",
            mark.at(x, y, colour, &format!("<title>{}</title>", escaped(&said)))
        );
    }
    out.push_str("</g>\n");
}

fn dashed(dashes: &str) -> String {
    if dashes.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{dashes}\"") }
}

fn legend(out: &mut String, series: &TrendSeries, line: &(&str, &str, Mark), y: f64) {
    let (colour, dashes, mark) = line;
    let mut query: String = series.query.chars().take(QUERY_SHOWN).collect();
    if query.len() < series.query.len() {
        query.push('…');
    }
    let shown = in_words(&TrendSeries { query, ..series.clone() });
    let (end, middle) = (LEFT + 44.0, LEFT + 22.0);
    let _ = writeln!(
        out,
        "<g><g stroke=\"{colour}\" fill=\"none\" stroke-width=\"2\">\
         <line x1=\"{LEFT}\" y1=\"{y}\" x2=\"{end}\" y2=\"{y}\"{}/>{}</g>\
         <text x=\"{}\" y=\"{}\" fill=\"#333333\">{}</text></g>",
        dashed(dashes),
        mark.at(middle, y, colour, ""),
        end + 10.0,
        y + 4.5,
        escaped(&shown),
    );
}

impl Mark {
    fn at(self, x: f64, y: f64, colour: &str, inside: &str) -> String {
        let path = match self {
            Self::Circle => {
                return format!(
                    "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{colour}\">{inside}</circle>"
                );
            }
            Self::Square => "m-3.5,-3.5h7v7h-7z",
            Self::Triangle => "m0,-4.5l4.5,8h-9z",
            Self::Diamond => "m0,-5l5,5l-5,5l-5,-5z",
            Self::Cross => "m-4,-4l8,8m0,-8l-8,8",
        };
        format!("<path d=\"M{x:.1},{y:.1}{path}\" fill=\"{colour}\">{inside}</path>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_few() {
        // (largest number, step)
        let table =
            [(1, 1), (5, 1), (6, 2), (11, 5), (26, 10), (51, 20), (120, 50), (5_000, 1_000)];
        for (most, step) in table {
            assert_eq!(round_step(most), step, "{most}");
        }
        assert!(round_step(u64::MAX) > 0);
    }
}
