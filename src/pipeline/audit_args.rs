//! The arguments as the audit keeps them: secrets redacted, large contents replaced by their digest.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::arguments::values::is_private_key;
use crate::catalog::CommandSpec;
use crate::catalog::spec::ArgType;
use crate::hex::hex;

/// A value whose text is longer than this is kept as `{sha256, bytes}`.
const LONGEST: usize = 16 * 1024;

pub fn audit_args(spec: &CommandSpec, args: &Map<String, Value>) -> Value {
    let kept = args.iter().filter_map(|(name, value)| {
        let arg = spec.args.iter().find(|arg| &arg.name == name)?;
        let value = match arg.kind {
            _ if arg.secret => json!("***"),
            ArgType::Text | ArgType::File if value.as_str().is_some_and(is_private_key) => json!("***"),
            ArgType::Documents => documents(value),
            _ => short(value),
        };
        Some((name.clone(), value))
    });
    Value::Object(kept.collect())
}

/// Whether what the audit has kept of an argument is kept of this value. A secret says nothing of it.
pub fn is_kept_of(kept: &Value, value: &Value) -> bool {
    kept == "***" || kept == value || *kept == short(value) || *kept == documents(value)
}

/// A value as it is, or its digest where it is long.
fn short(value: &Value) -> Value {
    let text = value.to_string();
    if text.len() > LONGEST {
        json!({ "sha256": hex(&Sha256::digest(&text)), "bytes": text.len() })
    } else {
        value.clone()
    }
}

/// Many documents as one digest over their paths and their own digests, which stand for their content.
fn documents(value: &Value) -> Value {
    let documents = value.as_array().map_or(&[][..], Vec::as_slice);
    let mut digest = Sha256::new();
    for document in documents {
        digest.update(json!([document["path"], document["digest"], document["error"]]).to_string());
    }
    let bytes: u64 = documents.iter().filter_map(|document| document["bytes"].as_u64()).sum();
    json!({ "documents": documents.len(), "sha256": hex(&digest.finalize()), "bytes": bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_as_a_digest_is_of_one_value() {
        let [long, other] = ["a", "b"].map(|letter| json!(letter.repeat(LONGEST)));
        let documents = json!([{ "path": "a.md", "digest": "1", "bytes": 3 }]);
        let moved = json!([{ "path": "b.md", "digest": "1", "bytes": 3 }]);
        assert!(is_kept_of(&short(&long), &long) && !is_kept_of(&short(&long), &other));
        assert!(is_kept_of(&super::documents(&documents), &documents));
        assert!(!is_kept_of(&super::documents(&documents), &moved));
        assert!(is_kept_of(&json!("x"), &json!("x")) && !is_kept_of(&json!("x"), &json!("y")));
        assert!(!is_kept_of(&json!({ "sha256": "0", "bytes": 1 }), &json!("x")), "a digest of nothing");
    }
}
