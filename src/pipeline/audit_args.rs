//! The arguments as the audit keeps them: secrets redacted, large contents replaced by their digest.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::catalog::CommandSpec;
use crate::catalog::spec::ArgType;
use crate::hex::hex;

/// A value whose text is longer than this is kept as `{sha256, bytes}`.
const LONGEST: usize = 16 * 1024;

pub fn audit_args(spec: &CommandSpec, args: &Map<String, Value>) -> Value {
    let kept = args.iter().filter_map(|(name, value)| {
        let arg = spec.args.iter().find(|arg| &arg.name == name)?;
        let text = value.to_string();
        let value = match arg.kind {
            _ if arg.secret => json!("***"),
            ArgType::Documents => json!({
                "documents": value.as_array().map_or(0, Vec::len),
                "sha256": hex(&Sha256::digest(&text)),
                "bytes": text.len(),
            }),
            _ if text.len() > LONGEST => json!({ "sha256": hex(&Sha256::digest(&text)), "bytes": text.len() }),
            _ => value.clone(),
        };
        Some((name.clone(), value))
    });
    Value::Object(kept.collect())
}
