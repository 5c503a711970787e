//! Data in machines' formats, to the last digit and zero of its numbers.

use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::pipeline::Written;

/// Rows, with members as they were written where a value cannot say it.
pub struct Rows<'a> {
    pub data: &'a Value,
    pub written: &'a [Written],
}

impl Rows<'_> {
    /// The rows with what was written as text: a cell of a table or of CSV holds any text.
    pub fn with_texts(&self) -> Value {
        self.replaced(|_, text| Some(Value::from(text.get())))
    }

    /// The rows for YAML, whose mappings name nothing twice: what does is given as text.
    fn without_doubles(&self) -> Value {
        self.replaced(|value, text| (names(text.get()) != names(&value.to_string())).then(|| Value::from(text.get())))
    }

    fn replaced(&self, with: impl Fn(&Value, &RawValue) -> Option<Value>) -> Value {
        let mut data = self.data.clone();
        for (row, written) in data.as_array_mut().into_iter().flatten().zip(self.written) {
            for (name, value) in row.as_object_mut().into_iter().flatten() {
                if let Some(other) = written.get(name).and_then(|text| with(value, text)) {
                    *value = other;
                }
            }
        }
        data
    }
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(rows) = self.data.as_array().filter(|_| !self.written.is_empty()) else {
            return self.data.serialize(serializer);
        };
        let mut list = serializer.serialize_seq(Some(rows.len()))?;
        for (row, written) in rows.iter().zip(self.written) {
            list.serialize_element(&Row { row, written })?;
        }
        list.end()
    }
}

/// One row.
pub struct Row<'a> {
    pub row: &'a Value,
    pub written: &'a Written,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(members) = self.row.as_object() else { return self.row.serialize(serializer) };
        let mut map = serializer.serialize_map(Some(members.len()))?;
        for (name, value) in members {
            match self.written.get(name) {
                Some(text) => map.serialize_entry(name, text)?,
                None => map.serialize_entry(name, value)?,
            }
        }
        map.end()
    }
}

/// A document whose `data` are these rows.
pub struct Document<'a> {
    pub document: &'a Value,
    pub rows: Rows<'a>,
}

impl Document<'_> {
    pub fn yaml(&self) -> String {
        let mut document = self.document.clone();
        document["data"] = self.rows.without_doubles();
        yaml(&document)
    }
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = self.document.as_object().ok_or_else(|| S::Error::custom("a document is an object"))?;
        let mut map = serializer.serialize_map(Some(members.len()))?;
        for (name, value) in members {
            if name == "data" {
                map.serialize_entry(name, &self.rows)?;
            } else {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}

/// How many members the objects of a JSON text name, at all depths.
fn names(json: &str) -> usize {
    let (mut within, mut escaped, mut names) = (false, false, 0);
    for byte in json.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => within = !within,
            b':' if !within => names += 1,
            _ => (),
        }
    }
    names
}

/// A value as YAML, which readers of YAML 1.1 and of 1.2 take for the same.
pub fn yaml(value: &Value) -> String {
    // The library has no scalar for a number of any length, and leaves bare what YAML 1.1 alone takes for no string. A word
    // with a number stands for each, which no text that is shown can hold.
    let word = format!("n{}n", Uuid::new_v4().simple());
    let mut scalars = Vec::new();
    let Ok(text) = serde_norway::to_string(&stand_in(value, &word, &mut scalars)) else { return format!("{value}\n") };
    let mut parts = text.split(&word);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('n').unwrap_or(("", part));
        whole.push_str(number.parse().ok().and_then(|n: usize| scalars.get(n)).map_or("", String::as_str));
        whole.push_str(rest);
    }
    whole
}

/// The value with stand-ins for scalars, which are written as they are listed.
fn stand_in(value: &Value, word: &str, scalars: &mut Vec<String>) -> Value {
    let put = |scalars: &mut Vec<String>, scalar: String| {
        scalars.push(scalar);
        format!("{word}{}n", scalars.len() - 1)
    };
    match value {
        Value::Number(number) => Value::from(put(scalars, number.to_string())),
        // A string of JSON is a scalar of YAML; these hold nothing that would need more.
        Value::String(text) if is_typed(text) => Value::from(put(scalars, Value::from(text.as_str()).to_string())),
        Value::Array(items) => items.iter().map(|item| stand_in(item, word, scalars)).collect(),
        Value::Object(members) => {
            let mut stood = serde_json::Map::new();
            for (name, member) in members {
                // A key that is not marked as one ends on its line, within 1024 characters.
                let name = if is_typed(name) && name.len() < 1000 {
                    put(scalars, Value::from(name.as_str()).to_string())
                } else {
                    name.clone()
                };
                stood.insert(name, stand_in(member, word, scalars));
            }
            Value::Object(stood)
        }
        other => other.clone(),
    }
}

/// Whether some reader takes bare text for another type: a boolean, null, a merge, or any number or time. Of numbers and times
/// (`1_000`, `1,000`, `0b1`, `017`, `190:20:30.15`, `2020-01-01 10:00:00 +7`) it knows the characters only, for readers differ in
/// their forms; quotes do no harm to what is none.
fn is_typed(text: &str) -> bool {
    const WORDS: [&str; 17] = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "", "=", "<<", ".inf", "+.inf", "-.inf",
        ".nan",
    ];
    if WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return true;
    }
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text).to_ascii_lowercase();
    let of = |rest: &str, others: &str| rest.chars().all(|c| c.is_ascii_digit() || others.contains(c));
    let based = bare.strip_prefix("0x").is_some_and(|rest| of(rest, "_abcdef"))
        || ["0b", "0o"].iter().filter_map(|base| bare.strip_prefix(base)).any(|rest| of(rest, "_"));
    based || bare.starts_with(|c: char| c == '.' || c.is_ascii_digit()) && of(&bare, "_,.:e+-tz \t")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// What YAML 1.1 takes for another type (yaml.org/type), with what its readers take for one besides.
    const TYPED: [&str; 46] = [
        "y",
        "Y",
        "n",
        "N",
        "yes",
        "Yes",
        "YES",
        "no",
        "No",
        "on",
        "ON",
        "off",
        "Off",
        "true",
        "False",
        "null",
        "Null",
        "~",
        "",
        "=",
        "<<",
        ".inf",
        "-.INF",
        "+.Inf",
        ".NaN",
        "1:30",
        "12:30:45",
        "-190:20:30.15",
        "1_000",
        "685_230.15",
        "1,000",
        "0b1_0",
        "-0b1",
        "017",
        "+017",
        "0o17",
        "0x_1F",
        "1e3",
        "1.",
        ".5",
        "6.8523e+5",
        "2020-01-01",
        "2020-1-1t1:2:3z",
        "2001-12-14 21:59:43.10 -5",
        "2001-12-14\t21:59:43Z",
        "1",
    ];

    #[test]
    fn strings_are_strings_to_every_reader() {
        for text in TYPED {
            let (whole, quoted) = (yaml(&json!({ text: [text, { "in": text }] })), json!(text));
            assert_eq!(whole, format!("{quoted}:\n- {quoted}\n- in: {quoted}\n"));
            assert_eq!(serde_norway::from_str::<Value>(&whole).expect("YAML"), json!({ text: [text, { "in": text }] }));
        }
    }

    #[test]
    fn what_nobody_takes_for_more_is_bare() {
        for text in ["nope", "y2", "a:b", "019b-4f", "v1.2", "dot_owner", "0xg", "1 h ago", "-"] {
            let whole = yaml(&json!({ "a": text }));
            assert!(!whole.contains('"'), "{whole}");
            assert_eq!(serde_norway::from_str::<Value>(&whole).expect("YAML")["a"], text);
        }
    }

    #[test]
    fn members_and_numbers_stay_in_their_places() {
        let value =
            json!({ "no": 1, "b": { "yes": "no", "1:30": [2.5, "x\ny", " lead", "n0n"] }, "a": true, "on": null });
        let whole = yaml(&value);
        assert_eq!(serde_norway::from_str::<Value>(&whole).expect("YAML"), value, "{whole}");
        let names: Vec<&str> = whole.lines().filter_map(|line| line.split(':').next()).collect();
        assert_eq!(names[..3], ["\"no\"", "b", "  \"yes\""], "{whole}");
    }
}
