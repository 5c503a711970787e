//! Front matter is a convention, not Markdown: it is recognised here so that its lines are not read as headings.

/// The length in bytes of the front matter that `text` begins with, its closing line included; 0 when there is none.
///
/// It opens with a line `---` (YAML) or `+++` (TOML) that is followed by a line with something in it, and ends at the next
/// such line (for YAML also `...`). An opening line without an end is ordinary Markdown.
pub fn length(text: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next() else { return 0 };
    let (fence, alternative) = match first.trim_end() {
        "---" => ("---", "..."),
        "+++" => ("+++", "+++"),
        _ => return 0,
    };
    let mut length = first.len();
    for (number, line) in lines.enumerate() {
        length += line.len();
        let line = line.trim_end();
        if number == 0 && line.is_empty() {
            return 0;
        }
        if line == fence || line == alternative {
            return length;
        }
    }
    0
}
