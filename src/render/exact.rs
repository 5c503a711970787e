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

/// A value as YAML.
pub fn yaml(value: &Value) -> String {
    // The library has no scalar for a number of any length. A word stands for each, which no text that is shown can hold.
    let word = format!("n{}n", Uuid::new_v4().simple());
    let mut numbers = Vec::new();
    let mut value = value.clone();
    stand_in(&mut value, &word, &mut numbers);
    let Ok(text) = serde_norway::to_string(&value) else { return format!("{value}\n") };
    let mut parts = text.split(&word);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for (number, rest) in numbers.iter().zip(parts) {
        whole.push_str(number);
        whole.push_str(rest);
    }
    whole
}

/// Puts the word in the place of each number, in their order.
fn stand_in(value: &mut Value, word: &str, numbers: &mut Vec<String>) {
    match value {
        Value::Number(number) => {
            numbers.push(number.to_string());
            *value = Value::from(word);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| stand_in(item, word, numbers)),
        Value::Object(members) => members.iter_mut().for_each(|(_, member)| stand_in(member, word, numbers)),
        _ => (),
    }
}
