//! What the database says beside its answer: nothing is refused, but whoever acts should know.

use serde_json::Value;

/// Takes the warnings out of an answer of the protocol, `{…, warnings: [text]}`.
pub fn take(answer: &mut Value) -> Vec<String> {
    let warnings = answer.as_object_mut().and_then(|answer| answer.shift_remove("warnings"));
    let texts = warnings.as_ref().and_then(Value::as_array).into_iter().flatten();
    texts.filter_map(Value::as_str).map(str::to_owned).collect()
}
