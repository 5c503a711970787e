//! Names and values in two columns: lines are broken between words, and only on a terminal.

use comfy_table::Color;
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

/// One field of an object or a record. An empty one is not shown.
pub struct Field {
    pub name: String,
    pub value: String,
    pub color: Option<Color>,
}

/// The fields below each other, within this many columns where there are so many.
pub fn fields(fields: &[Field], width: Option<usize>) -> String {
    let shown: Vec<&Field> = fields.iter().filter(|field| !field.value.is_empty()).collect();
    let names = shown.iter().map(|field| display_width(&field.name)).max().unwrap_or_default();
    let mut text = String::new();
    for field in shown {
        let label = format!("{}{}", field.name, " ".repeat(names - display_width(&field.name)));
        let lines = match width {
            None => field.value.lines().map(str::to_owned).collect(),
            Some(width) => broken(&field.value, width.saturating_sub(names + 2).max(1)),
        };
        // A word that is too long for the column stands below its name, where there is more room.
        let below = width.is_some_and(|width| lines.iter().any(|line| names + 2 + display_width(line) > width));
        let lines = match width.filter(|_| below) {
            Some(width) => broken(&field.value, width.saturating_sub(2).max(1)),
            None => lines,
        };
        for (n, line) in lines.iter().enumerate() {
            let start = match (n, below) {
                (0, true) => format!("{}\n  ", field.name),
                (_, true) => "  ".to_owned(),
                (0, false) => format!("{label}  "),
                (_, false) => " ".repeat(names + 2),
            };
            text.push_str(&start);
            text.push_str(&painted(line.trim_end(), field.color));
            text.push('\n');
        }
    }
    text
}

/// The line above a record.
pub fn rule(n: usize, width: usize) -> String {
    let start = format!("-[ {n} ]");
    let rest = "-".repeat(width.min(40).saturating_sub(start.len()));
    format!("{start}{rest}\n")
}

/// The columns of the widest line.
pub fn widest(text: &str) -> usize {
    text.lines().map(display_width).max().unwrap_or_default()
}

/// The text in lines of this width, broken between words.
pub fn broken(text: &str, room: usize) -> Vec<String> {
    let whole_words = Options::new(room)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    text.lines().flat_map(|line| textwrap::wrap(line, &whole_words)).map(|line| line.into_owned()).collect()
}

/// Lines that are too long for a terminal, broken between words and indented below their beginning; any text elsewhere.
pub fn folded(text: &str, width: Option<usize>) -> String {
    let Some(width) = width else { return text.to_owned() };
    let mut folded = String::new();
    for line in text.lines() {
        if display_width(line) <= width {
            folded.push_str(line);
            folded.push('\n');
            continue;
        }
        let indent = " ".repeat((line.len() - line.trim_start().len()).min(width / 2));
        let more = format!("{indent}  ");
        let room = Options::new(width)
            .initial_indent(&indent)
            .subsequent_indent(&more)
            .break_words(false)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation);
        for part in textwrap::wrap(line.trim_start(), room) {
            folded.push_str(&part);
            folded.push('\n');
        }
    }
    folded
}

fn painted(text: &str, color: Option<Color>) -> String {
    let code = match color {
        Some(Color::Green) => 32,
        Some(Color::Red) => 31,
        Some(Color::Yellow) => 33,
        _ => return text.to_owned(),
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}

#[cfg(test)]
mod tests {
    use super::{Field, fields, folded};

    #[test]
    fn what_is_too_long_is_folded_below_its_beginning() {
        let text = "short\n  one two three four\n";
        assert_eq!(folded(text, None), text);
        assert_eq!(folded(text, Some(12)), "short\n  one two\n    three\n    four\n");
        assert_eq!(folded("awordthatislongerthanaline x\n", Some(10)), "awordthatislongerthanaline\n  x\n");
    }

    #[test]
    fn words_are_never_cut() {
        let field = |name: &str, value: &str| Field { name: name.to_owned(), value: value.to_owned(), color: None };
        let two = [field("id", "0198c0de-7a10"), field("why", "a word and another"), field("none", "")];
        assert_eq!(fields(&two, None), "id   0198c0de-7a10\nwhy  a word and another\n");
        assert_eq!(fields(&two, Some(18)), "id   0198c0de-7a10\nwhy  a word and\n     another\n");
        assert_eq!(fields(&two, Some(15)), "id\n  0198c0de-7a10\nwhy  a word and\n     another\n");
    }
}
