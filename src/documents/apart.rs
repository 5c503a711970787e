//! An import's documents as they travel: what is known of them as JSON, their bodies beside it as one text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::failure::{Failure, Result};

/// Takes the bodies out of `documents`: gives the JSON array in which each `body` is replaced by `body_at`, the byte at
/// which it begins in the text that stands beside, and that text. The server takes in a plain text several times faster
/// than the same text as a JSON string.
pub fn apart(documents: &Value) -> Result<(String, String)> {
    let documents = documents.as_array().map_or(&[][..], Vec::as_slice);
    let room = documents.iter().filter_map(|document| document["body"].as_str()).map(str::len).sum();
    let mut bodies = String::with_capacity(room);
    let known: Vec<Known> = documents.iter().map(|document| without_body(document, &mut bodies)).collect();
    let known = serde_json::to_string(&known)
        .map_err(|cause| Failure::unexpected(format!("the documents cannot be written as JSON: {cause}")))?;
    Ok((known, bodies))
}

/// A document's members; borrowed, because the marks of many documents are slow to copy.
type Known<'a> = BTreeMap<&'a str, Cow<'a, Value>>;

fn without_body<'a>(document: &'a Value, bodies: &mut String) -> Known<'a> {
    let members = document.as_object().into_iter().flatten();
    let mut known: Known = members.map(|(name, value)| (name.as_str(), Cow::Borrowed(value))).collect();
    if let Some(body) = document["body"].as_str() {
        known.remove("body");
        known.insert("body_at", Cow::Owned(json!(bodies.len())));
        known.entry("bytes").or_insert_with(|| Cow::Owned(json!(body.len())));
        bodies.push_str(body);
    }
    known
}
