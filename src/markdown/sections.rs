//! Finds where a text is cut: before every heading that stands at the top level of the document.
//!
//! Headings are those of CommonMark, ATX and setext, as pulldown-cmark finds them, so a `#` in a code block is none. A
//! heading inside a block quote or a list item belongs to that block and does not cut it.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::front_matter;
use super::mark::{Kind, Mark};

/// How deep quotes and lists may nest. Real documents stay below ten; the parser's time grows with depth times length.
pub const MAX_NESTING: usize = 100;

/// The text nests quotes and lists deeper than [`MAX_NESTING`]; `line` is where, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooDeep {
    pub line: usize,
}

/// The text in which tabs that follow a fence at the end of a line are blanks, each in its place: a closing fence may be
/// followed by either (CommonMark 0.31.2, 4.5), and the parser knows the blank only.
fn fences_end(text: &str) -> Cow<'_, str> {
    let follows = |line: &str| {
        let bare = line.trim_end_matches(['\n', '\r', ' ', '\t']);
        (bare.ends_with("```") || bare.ends_with("~~~")) && line[bare.len()..].contains('\t')
    };
    if !text.contains('\t') || !text.lines().any(follows) {
        return Cow::Borrowed(text);
    }
    let mut read = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let kept = if follows(line) { line.trim_end_matches(['\n', '\r', ' ', '\t']).len() } else { line.len() };
        read.push_str(&line[..kept]);
        read.push_str(&line[kept..].replace('\t', " "));
    }
    Cow::Owned(read)
}

/// The marks of `text`, which tile it. Empty only when `text` is empty.
pub fn marks(text: &str) -> Result<Vec<Mark>, TooDeep> {
    if let Some(line) = too_deep(text) {
        return Err(TooDeep { line });
    }
    // A byte order mark is part of the first piece, but the Markdown begins after it.
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let front = match front_matter::length(&text[begin..]) {
        0 => 0,
        length => begin + length,
    };
    let from = front.max(begin);
    let read = fences_end(&text[from..]);
    let headings = headings(&read).map_err(|at| TooDeep { line: 1 + feeds(&text[..from + at]) })?;

    let mut starts: Vec<(usize, Kind, u8, Option<String>)> = Vec::with_capacity(headings.len() + 2);
    if front > 0 {
        starts.push((0, Kind::FrontMatter, 0, None));
    }
    let first = headings.first().map_or(text.len(), |heading| from + heading.start);
    // A byte order mark alone is no preamble: it goes with the first heading.
    if first > from {
        starts.push((front, Kind::Preamble, 0, None));
    }
    for heading in headings {
        let start = if starts.is_empty() { 0 } else { from + heading.start };
        starts.push((start, Kind::Section, heading.level, Some(heading.title)));
    }
    if starts.is_empty() && !text.is_empty() {
        starts.push((0, Kind::Preamble, 0, None));
    }
    Ok(tile(text.len(), starts))
}

/// Turns starts into marks, each ending where the next begins.
fn tile(length: usize, starts: Vec<(usize, Kind, u8, Option<String>)>) -> Vec<Mark> {
    let ends: Vec<usize> = starts.iter().skip(1).map(|piece| piece.0).chain([length]).collect();
    starts
        .into_iter()
        .zip(ends)
        .map(|((start, kind, level, title), end)| Mark { start, end, kind, level, title })
        .collect()
}

/// How many line feeds are in `text`.
fn feeds(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

struct Heading {
    /// Where its first line begins.
    start: usize,
    level: u8,
    title: String,
}

/// The headings at the top level, in order; or where, in bytes, the text nests deeper than [`MAX_NESTING`].
fn headings(text: &str) -> Result<Vec<Heading>, usize> {
    let mut found: Vec<Heading> = Vec::new();
    let mut containers = 0_usize;
    let mut open = false;
    for (event, span) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) => {
                containers += 1;
                // A list counts twice, for itself and for its item.
                if containers > 2 * MAX_NESTING {
                    return Err(span.start);
                }
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => containers -= 1,
            Event::Start(Tag::Heading { level, .. }) if containers == 0 => {
                open = true;
                found.push(Heading { start: line_start(text, span.start), level: level as u8, title: String::new() });
            }
            Event::End(TagEnd::Heading(_)) => open = false,
            Event::Text(words) | Event::Code(words) if open => add(&mut found, &words),
            Event::SoftBreak | Event::HardBreak if open => add(&mut found, " "),
            _ => {}
        }
    }
    for heading in &mut found {
        heading.title = heading.title.trim().chars().take(Mark::MAX_TITLE).collect();
    }
    Ok(found)
}

fn add(found: &mut [Heading], words: &str) {
    // Four bytes a character at most: enough to cut to MAX_TITLE characters later, without keeping a 1 MB line.
    if let Some(heading) = found.last_mut()
        && heading.title.len() < 4 * Mark::MAX_TITLE
    {
        heading.title.push_str(words);
    }
}

/// Where the line that holds byte `at` begins.
fn line_start(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end + 1)
}

/// The first line, counted from 1, that opens more than [`MAX_NESTING`] quotes and lists by itself.
///
/// A container that an earlier line opened costs a later line its marker or indentation again, so depth beyond the limit
/// either shows in one line, or costs the square of it in bytes; the second kind is found in the events.
fn too_deep(text: &str) -> Option<usize> {
    let found = text.split('\n').position(|line| {
        // A thematic break such as `* * *` has markers and nothing else; it nests nothing.
        opening_markers(line.as_bytes()) > MAX_NESTING && !is_thematic_break(line)
    })?;
    Some(found + 1)
}

fn opening_markers(line: &[u8]) -> usize {
    let blank_follows = |at: usize| matches!(line.get(at + 1), Some(b' ' | b'\t'));
    let mut markers = 0;
    for (at, byte) in line.iter().enumerate() {
        match byte {
            b'>' => markers += 1,
            b'-' | b'+' | b'*' | b'.' | b')' if blank_follows(at) => markers += 1,
            b' ' | b'\t' | b'0'..=b'9' => {}
            _ => break,
        }
    }
    markers
}

fn is_thematic_break(line: &str) -> bool {
    let mut marks = line.chars().filter(|character| !character.is_ascii_whitespace());
    let first = marks.next();
    matches!(first, Some('-' | '*' | '_')) && marks.all(|mark| Some(mark) == first)
}
