//! Rows of any statement: their values, and beside them the text of those members that a value cannot hold as they were
//! written. JSON may name a member twice, be spaced in any way, and write a number in several; a column of it keeps all that.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::database::query::parsed;
use crate::failure::Result;

/// By the name of a member of one row, its JSON text on one line.
pub type Written = BTreeMap<String, Box<RawValue>>;

/// The rows that these texts are, and what was written in each where a value says less.
pub fn rows(texts: &[Option<String>]) -> Result<(Vec<Value>, Vec<Written>)> {
    let mut rows = Vec::with_capacity(texts.len());
    let mut all = Vec::with_capacity(texts.len());
    for text in texts {
        let text = text.as_deref().unwrap_or("null");
        let row: Value = parsed(text)?;
        let mut written = Written::new();
        if row.is_object() {
            for (name, member) in parsed::<BTreeMap<String, &RawValue>>(text)? {
                let value = &row[&name];
                let printed = value.to_string();
                if !value.is_string() && member.get() != printed {
                    written.insert(name, on_one_line(member)?);
                }
            }
        }
        rows.push(row);
        all.push(written);
    }
    if all.iter().all(Written::is_empty) {
        all.clear();
    }
    Ok((rows, all))
}

/// A line feed of JSON is a space: within strings it is written otherwise.
fn on_one_line(member: &RawValue) -> Result<Box<RawValue>> {
    if !member.get().contains(['\n', '\r']) {
        return Ok(member.to_owned());
    }
    parsed(&member.get().replace("\r\n", " ").replace(['\n', '\r'], " ")).map(|line: &RawValue| line.to_owned())
}
