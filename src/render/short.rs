//! Ids on a terminal: as much of each as names it, which every command takes in its place.

use std::collections::HashMap;

use serde_json::Value;
use uuid::Uuid;

/// Columns whose values may be given by their beginning to every command that takes one.
const NAMED: [&str; 8] = ["run_id", "run", "proposal", "worker_id", "batch", "batch_id", "request", "unit"];

/// The time in milliseconds and twelve random bits of a UUID of version 7: less could name another one that is not shown.
const LEAST: usize = 18;

/// The rows with ids shortened until they name one of those shown, and no shorter than [`LEAST`].
pub fn ids(rows: &[Value]) -> Vec<Value> {
    let mut rows = rows.to_vec();
    for column in NAMED {
        let ids: Vec<String> = rows.iter().filter_map(|row| id(&row[column])).map(str::to_owned).collect();
        let short = shortened(&ids);
        for row in &mut rows {
            if let Some(short) = id(&row[column]).and_then(|id| short.get(id)) {
                row[column] = Value::from(short.as_str());
            }
        }
    }
    rows
}

fn id(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| text.len() == 36 && Uuid::parse_str(text).is_ok())
}

fn shortened(ids: &[String]) -> HashMap<String, String> {
    let mut sorted: Vec<&String> = ids.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    let common = |a: &str, b: &str| a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let mut short = HashMap::new();
    for (n, id) in sorted.iter().enumerate() {
        let before = n.checked_sub(1).map_or(0, |before| common(id, sorted[before]));
        let after = sorted.get(n + 1).map_or(0, |after| common(id, after));
        let length = (before.max(after) + 1).clamp(LEAST, id.len());
        short.insert((*id).clone(), id[..length].trim_end_matches('-').to_owned());
    }
    short
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::ids;

    #[test]
    fn an_id_is_as_long_as_it_takes() {
        let rows = [
            "0198c0de-7a10-7abc-8000-000000000001",
            "0198c0de-7a10-7abc-8000-000000000002",
            "0198c0de-7a11-7abc-8000-000000000001",
        ]
        .map(|id| json!({ "run_id": id, "other": id }));
        let short = ids(&rows);
        assert_eq!(short[0]["run_id"], "0198c0de-7a10-7abc-8000-000000000001");
        assert_eq!(short[2]["run_id"], "0198c0de-7a11-7abc");
        assert_eq!(short[2]["other"], rows[2]["other"], "nobody takes a part of it");
        assert_eq!(ids(&[json!({ "run_id": "x", "run": null })])[0]["run_id"], "x");
    }
}
