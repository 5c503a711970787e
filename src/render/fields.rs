//! `--fields a,b`: which members are printed, in which order.

use serde_json::{Map, Value};

use crate::failure::{Failure, Result};

/// Keeps `fields` of an object, or of each row. A name that no row has is a usage error.
pub fn pick(data: Value, fields: &[String]) -> Result<Value> {
    match data {
        Value::Array(rows) => {
            if let Some(known) = rows.first().and_then(Value::as_object) {
                known_all(known, fields)?;
            }
            Ok(Value::Array(rows.into_iter().map(|row| keep(row, fields)).collect()))
        }
        Value::Object(object) => {
            known_all(&object, fields)?;
            Ok(keep(Value::Object(object), fields))
        }
        other => Ok(other),
    }
}

fn known_all(known: &Map<String, Value>, fields: &[String]) -> Result<()> {
    match fields.iter().find(|field| !known.contains_key(*field)) {
        None => Ok(()),
        Some(field) => Err(Failure::usage(format!("--fields: unknown field `{field}`"))
            .hint(format!("There are: {}", known.keys().map(String::as_str).collect::<Vec<_>>().join(", ")))),
    }
}

fn keep(row: Value, fields: &[String]) -> Value {
    match row {
        Value::Object(mut object) => Value::Object(
            fields.iter().map(|field| (field.clone(), object.remove(field).unwrap_or_default())).collect(),
        ),
        other => other,
    }
}
