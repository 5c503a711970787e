//! What verification of the log found, for a person: each finding with what it means, what to do, and a few cases.

use std::fmt::Write as _;

use serde_json::Value;

use super::human::safe;

/// More cases than this are counted; `--json` has more of them.
const SHOWN: usize = 5;

pub fn verify(data: &Value) -> String {
    let plain = |name: &str| safe(data[name].as_str().unwrap_or("-"));
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "{} leaves, root {}\n{} checkpoints of {}, {} kept elsewhere; signatures: {}",
        data["leaves"],
        plain("root"),
        data["checkpoints"],
        plain("origin"),
        data["kept_elsewhere"],
        plain("signatures"),
    );
    let findings = data["findings"].as_array().map_or(&[][..], Vec::as_slice);
    if findings.is_empty() && data["leaves"] == 0 {
        out.push_str("· nothing is sealed yet: dot audit seal\n");
    } else if findings.is_empty() {
        out.push_str("✓ every leaf, root and governed object is as it was sealed\n");
    }
    for lost in data["lost_numbers"].as_array().into_iter().flatten() {
        let text = |name: &str| safe(lost[name].as_str().unwrap_or_default());
        let known = match text("because").as_str() {
            "crash" => "the server crashed, or this is a copy of a database in use",
            _ => "a transaction was ended as it committed",
        };
        let _ = writeln!(
            out,
            "! no run has numbers {}, settled {}: {known}; if nothing of that happened, runs were deleted",
            text("numbers"),
            text("settled_at")
        );
    }
    for finding in findings {
        let text = |name: &str| safe(finding[name].as_str().unwrap_or_default());
        let place = match (finding["first_index"].as_u64(), finding["below"].as_u64()) {
            (Some(first), Some(below)) => format!(", the first between index {first} and {below}"),
            (Some(first), None) => format!(", the first at index {first}"),
            _ => String::new(),
        };
        let _ = writeln!(out, "\n✗ {} × {}{place}: {}", finding["count"], text("finding"), text("means"));
        let cases = finding["cases"].as_array().map_or(&[][..], Vec::as_slice);
        for case in cases.iter().take(SHOWN) {
            let _ = writeln!(out, "    {}", facts(case));
        }
        if finding["count"].as_u64() > Some(SHOWN as u64) {
            out.push_str("    …\n");
        }
        let _ = writeln!(out, "  → {}", text("do"));
    }
    out
}

/// `name value, name value`, without what is absent and what spans lines.
fn facts(case: &Value) -> String {
    let facts = case.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    let facts = facts.map(|(name, value)| match value {
        Value::String(text) => format!("{name} {}", safe(text)),
        other => format!("{name} {other}"),
    });
    facts.filter(|fact| !fact.contains('\n')).collect::<Vec<_>>().join(", ")
}
