//! Measured effects and row images, for people.

use serde_json::{Value, json};

use super::human;
use super::table::{self, Style};
use crate::pipeline::images::RowImage;

/// Rows changed by table, then events, locks and sequences.
pub fn effects(effects: &Value, style: Style) -> String {
    let mut rows: Vec<Value> = Vec::new();
    for (table, counts) in effects["tables"].as_object().into_iter().flatten() {
        rows.push(json!({ "table": table, "inserted": counts["inserted"], "updated": counts["updated"], "deleted": counts["deleted"] }));
    }
    if rows.is_empty() {
        return "\nmeasured: no table changes\n".to_owned();
    }
    let mut text = format!("\nmeasured\n{}", table::rows(&rows, &[], true, style));
    for (event, n) in effects["events"].as_object().into_iter().flatten() {
        text.push_str(&format!("event {event}: {n}\n"));
    }
    for lock in effects["locks"].as_array().into_iter().flatten() {
        text.push_str(&format!(
            "lock {} on {}\n",
            lock["mode"].as_str().unwrap_or_default(),
            lock["relation"].as_str().unwrap_or_default()
        ));
    }
    for sequence in effects["sequences_not_rolled_back"].as_array().into_iter().flatten() {
        text.push_str(&format!("advanced and not rolled back: sequence {}\n", sequence.as_str().unwrap_or_default()));
    }
    text
}

/// Each changed row as a diff, by field.
pub fn images(images: &[RowImage]) -> String {
    let mut text = String::from("\nrows\n");
    for image in images {
        let sign = match (&image.before, &image.after) {
            (None, _) => '+',
            (_, None) => '-',
            _ => '~',
        };
        text.push_str(&format!("{sign} {} {}\n", image.table, image.key));
        let empty = Value::Null;
        let (before, after) = (image.before.as_ref().unwrap_or(&empty), image.after.as_ref().unwrap_or(&empty));
        let names = after.as_object().or(before.as_object()).into_iter().flat_map(|object| object.keys());
        for name in names {
            let (old, new) = (&before[name.as_str()], &after[name.as_str()]);
            if old == new || (sign == '+' && new.is_null()) {
                continue;
            }
            if sign != '+' {
                text.push_str(&format!("    - {name}: {}\n", human::line(&human::cell(old, Default::default()))));
            }
            if sign != '-' {
                text.push_str(&format!("    + {name}: {}\n", human::line(&human::cell(new, Default::default()))));
            }
        }
    }
    text
}
