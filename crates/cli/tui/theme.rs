//! How things look. Without colours, what they say is said by weight and line.

use ratatui::style::{Color, Modifier, Style};

/// The styles of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The place to cite.
    pub citation: Style,
    /// The place to cite of the chosen hit.
    pub chosen: Style,
    /// What matched.
    pub highlight: Style,
    /// Titles and headings in documents.
    pub heading: Style,
    /// What stands beside the text.
    pub dim: Style,
    /// The pane that the keys go to.
    pub active: Style,
    /// Why there is no answer.
    pub error: Style,
    /// What may be meant instead.
    pub warning: Style,
}

impl Theme {
    /// In the colours of `undex search`.
    pub const COLOURED: Self = Self {
        citation: Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
        chosen: Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
        highlight: Style::new().fg(Color::Yellow).add_modifier(Modifier::BOLD),
        heading: Style::new().add_modifier(Modifier::BOLD),
        dim: Style::new().add_modifier(Modifier::DIM),
        active: Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
        error: Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
        warning: Style::new().fg(Color::Yellow),
    };

    /// Where `NO_COLOR` is set.
    pub const PLAIN: Self = Self {
        citation: Style::new().add_modifier(Modifier::BOLD),
        chosen: Style::new().add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
        highlight: Style::new().add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
        heading: Style::new().add_modifier(Modifier::BOLD),
        dim: Style::new().add_modifier(Modifier::DIM),
        active: Style::new().add_modifier(Modifier::BOLD),
        error: Style::new().add_modifier(Modifier::BOLD),
        warning: Style::new(),
    };

    /// The one that the environment asks for: any value of `NO_COLOR` but an empty one turns colours off.
    pub fn of_environment() -> Self {
        match std::env::var_os("NO_COLOR") {
            Some(value) if !value.is_empty() => Self::PLAIN,
            _ => Self::COLOURED,
        }
    }
}
