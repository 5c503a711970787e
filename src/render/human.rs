//! Values as a person wants to read them.

use serde_json::Value;

use crate::catalog::spec::Format;

/// A list within a cell is shown up to this length; longer ones are counted.
const LONGEST_LIST: usize = 100;

/// One cell. Control characters are shown, not obeyed: data must not drive the terminal.
pub fn cell(value: &Value, format: Format) -> String {
    match (value, format) {
        (Value::Null, _) => String::new(),
        (Value::String(text), Format::Age) => age(text).unwrap_or_else(|| safe(text)),
        (Value::Number(number), Format::Bytes) => number.as_u64().map_or_else(|| number.to_string(), bytes),
        // A setting that is no gate is as it is.
        (Value::String(text), Format::Gate) if text != "open" && text != "closed" => safe(text),
        (Value::String(text), Format::State | Format::Health | Format::Gate) => {
            format!("{} {}", mark(tone_of(value, format).unwrap_or(Tone::Plain)), safe(text))
        }
        (Value::Bool(true), Format::State | Format::Gate) => format!("{} open", mark(Tone::Good)),
        (Value::Bool(false), Format::State | Format::Gate) => format!("{} closed", mark(Tone::Plain)),
        (Value::String(text), _) => safe(text),
        (Value::Bool(flag), _) => if *flag { "yes" } else { "no" }.to_owned(),
        (Value::Array(items), _) if items.len() > LONGEST_LIST => format!("{} items, see -o json", items.len()),
        (Value::Array(items), _) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().map(|item| cell(item, Format::Text)).collect::<Vec<_>>().join(", ")
        }
        (other, _) => safe(&other.to_string()),
    }
}

/// A sign beside a state, since colour alone is no signal.
pub fn sign(state: &str) -> &'static str {
    mark(tone(state))
}

/// What the value of a column means as a state; none where the column holds no state.
pub fn tone_of(value: &Value, format: Format) -> Option<Tone> {
    match (format, value) {
        (Format::State | Format::Gate, Value::Bool(open)) => Some(if *open { Tone::Good } else { Tone::Plain }),
        // An open gate lets things through. An open dead letter waits for someone.
        (Format::Gate, Value::String(text)) if text == "open" => Some(Tone::Good),
        // What nothing measures is no failure of it; a migration that no file has is one.
        (Format::Health, Value::String(text)) if text == "unknown" => Some(Tone::Plain),
        (Format::State | Format::Health | Format::Gate, Value::String(text)) => Some(tone(text)),
        _ => None,
    }
}

fn mark(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "✓",
        Tone::Bad => "✗",
        Tone::Waiting => "…",
        Tone::Plain => "·",
    }
}

/// What a state means to whoever reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Good,
    Bad,
    Waiting,
    Plain,
}

pub fn tone(state: &str) -> Tone {
    match state {
        "succeeded" | "verified" | "approved" | "completed" | "ok" | "active" | "done" | "verified_live" | "green"
        | "cleaned" | "applied" | "merged" => Tone::Good,
        "failed" | "refused" | "abandoned" | "rejected" | "differs" | "absent" | "shape_differs" | "red" | "edited"
        | "unknown" | "late" | "reverted" | "expired" | "revoked" | "dead" | "silent" => Tone::Bad,
        "started" | "pending" | "staged" | "marked" | "candidate" | "running" | "needs_revision" | "yellow"
        | "submitted" | "review" | "draft" | "open" => Tone::Waiting,
        _ => Tone::Plain,
    }
}

/// Text without control characters other than the line feed and the tab. What turns the direction of text, or has no width,
/// is shown by its number: else a line reads as another than it is (Unicode Technical Report 36).
pub fn safe(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => shown.push(c),
            _ if c.is_control() => shown.push(char::REPLACEMENT_CHARACTER),
            _ if hidden(c) => {
                shown.extend(c.escape_unicode());
            }
            _ => shown.push(c),
        }
    }
    shown
}

/// Whether a character turns the direction of text, or is not seen: it changes what is read, or what is copied.
pub fn hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// JSON in which hidden characters are escaped: the same document, safe to look at.
pub fn safe_json(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) || c == '\u{7f}' || ('\u{80}'..='\u{9f}').contains(&c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                shown.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            shown.push(c);
        }
    }
    shown
}

/// [`safe`], on one line: text that goes on below would pass for another row, or for what the program says. Ends of lines and
/// tabs are signs; blanks stay where they are.
pub fn line(text: &str) -> String {
    safe(text).replace('\n', "⏎").replace('\t', "⇥")
}

/// How long ago a time was, in its largest unit.
fn age(text: &str) -> Option<String> {
    let then: jiff::Timestamp = text.parse().ok().or_else(|| text.replacen(' ', "T", 1).parse().ok())?;
    let seconds = jiff::Timestamp::now().as_second() - then.as_second();
    Some(match seconds {
        i64::MIN..0 => then.to_string(),
        0..60 => format!("{seconds} s ago"),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86_400 => format!("{} h ago", seconds / 3600),
        _ => format!("{} d ago", seconds / 86_400),
    })
}

fn bytes(n: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut value = n as f64;
    let mut unit = 0;
    while value >= 1000.0 && unit + 1 < UNITS.len() {
        value /= 1000.0;
        unit += 1;
    }
    if unit == 0 { format!("{n} B") } else { format!("{value:.1} {}", UNITS[unit]) }
}
