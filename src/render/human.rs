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
        (Value::String(text), Format::State | Format::Health) => format!("{} {}", sign(text), safe(text)),
        (Value::Bool(true), Format::State) => format!("{} open", sign("open")),
        (Value::Bool(false), Format::State) => format!("{} closed", sign("closed")),
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
    match tone(state) {
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
        "succeeded" | "verified" | "approved" | "completed" | "open" | "ok" | "active" | "done" | "verified_live"
        | "green" | "cleaned" | "applied" | "merged" => Tone::Good,
        "failed" | "refused" | "abandoned" | "rejected" | "differs" | "absent" | "shape_differs" | "red" | "edited"
        | "unknown" | "reverted" | "expired" | "revoked" | "dead" | "silent" => Tone::Bad,
        "started" | "pending" | "staged" | "marked" | "candidate" | "running" | "needs_revision" | "yellow"
        | "submitted" | "review" | "draft" => Tone::Waiting,
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
            '\u{61c}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {
                shown.extend(c.escape_unicode());
            }
            _ => shown.push(c),
        }
    }
    shown
}

/// [`safe`], on one line: a title that goes on below would pass for what the program says.
pub fn line(text: &str) -> String {
    safe(text).split(['\n', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ⏎ ")
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
