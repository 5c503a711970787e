//! One piece of a document.

use serde::Serialize;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// YAML (`---`) or TOML (`+++`) at the very beginning.
    FrontMatter,
    /// Text before the first heading.
    Preamble,
    /// A heading with the text up to the next heading of any level.
    Section,
}

/// A piece: the half-open span `start..end` of the text, in bytes, always at character boundaries.
///
/// The marks of a text tile it: the first starts at 0, each other starts where the one before ends, the last ends with
/// the text, and none is empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mark {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// 1 to 6 for a section, 0 for the other kinds.
    pub level: u8,
    /// The heading's words without markup, at most [`Mark::MAX_TITLE`] characters; empty for a heading without text, and
    /// absent for the other kinds.
    pub title: Option<String>,
}

impl Mark {
    /// How many characters of a heading are kept as the title. The whole heading is in the body of the piece.
    pub const MAX_TITLE: usize = 500;
}
