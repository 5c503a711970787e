//! `dot proposal show` as a person wants to read it: what changes, who decided what, what is missing, what drifted, what next.

use serde_json::Value;

use super::effects;
use super::human::{cell, line, safe, sign};
use super::table::{self, Style};
use crate::catalog::spec::Format;
use crate::pipeline::images::RowImage;

/// The whole picture of one proposal.
pub fn show(data: &Value, color: bool) -> String {
    let style = Style { color };
    let mut text = format!("{}\n", said(data, "title"));
    let state = said(data, "state");
    text.push_str(&format!("{} {state} · {} · {} risk\n", sign(&state), said(data, "kind"), said(data, "risk")));
    text.push_str(&format!("proposal {}\n", said(data, "proposal")));
    let by = match data["proposer_principal"].as_str() {
        Some(principal) => format!("{} for {}", said(data, "proposer"), safe(principal)),
        None => said(data, "proposer"),
    };
    let sure = if data["proposer_verified"] == false { ", unverified" } else { "" };
    text.push_str(&format!(
        "by {by} ({}{sure}) {}",
        said(data, "proposer_class"),
        cell(&data["proposed_at"], Format::Age)
    ));
    if let Some(until) = data["expires_at"].as_str().filter(|_| data["merged_at"].is_null()) {
        text.push_str(&format!(", open until {}", safe(until)));
    }
    text.push('\n');
    text.push_str(&change(data, style));
    text.push_str(&review(data));
    text.push_str(&drift(data));
    if let Some(outcome) = data["outcome"].as_object() {
        text.push_str("\noutcome\n");
        for (name, value) in outcome {
            let value = match value {
                Value::Array(items) => format!("{} items", items.len()),
                other => cell(other, Format::Text),
            };
            text.push_str(&format!("  {name}  {value}\n"));
        }
        if let Some(run) = data["applied_by_run"].as_str() {
            text.push_str(&format!("  dot run show {run}\n"));
        }
    } else if let Some(next) = data["next"].as_str() {
        text.push_str(&format!("\nnext: {}\n", safe(next)));
    }
    text
}

fn change(data: &Value, style: Style) -> String {
    let payload = &data["payload"];
    let mut text = format!("\nwhat changes (revision {})\n", data["revision"]);
    if data["kind"] != "command_run" {
        text.push_str(&indented(&table::object(payload, &[], style)));
        if !data["preview"].is_null() {
            text.push_str("preview, on the present state\n");
            let preview = match &data["preview"] {
                Value::Array(rows) => table::rows(rows, &[], true, style),
                other => table::object(other, &[], style),
            };
            text.push_str(&indented(&preview));
        }
        return text;
    }
    text.push_str(&format!("  dot {}\n", said(payload, "command")));
    text.push_str(&indented(&table::object(&payload["args"], &[], style)));
    text.push_str(&effects::effects(&payload["plan"], style));
    let images: Vec<RowImage> = serde_json::from_value(payload["rows"].clone()).unwrap_or_default();
    if !images.is_empty() {
        text.push_str(&effects::images(&images));
    }
    text
}

fn review(data: &Value) -> String {
    let mut text = String::new();
    for policy in data["policies"].as_array().into_iter().flatten() {
        let met = policy["met"] == true && policy["denied"] == false;
        text.push_str(&format!(
            "\n{} policy {}, version {} ({}), {}\n",
            if met { "✓" } else { "…" },
            said(policy, "policy"),
            policy["version"],
            said(policy, "in_force"),
            said(policy, "level").replace('_', " ")
        ));
        if policy["signed"] == true {
            text.push_str("  approvals count with a signature only\n");
        }
        for factor in policy["factors"].as_array().into_iter().flatten() {
            let people = factor["approved_by"].as_array().map_or(0, Vec::len);
            let names = cell(&factor["approved_by"], Format::Text);
            let names = if names.is_empty() { "nobody yet".to_owned() } else { names };
            text.push_str(&format!("  {people} of {} {}: {names}\n", factor["n"], said(factor, "role")));
        }
        if policy["denied"] == true {
            text.push_str(&format!("  stopped by {}\n", cell(&policy["denied_by"], Format::Text)));
        }
    }
    if let Some(excused) = data["excused"].as_str() {
        text.push_str(&format!("\nyou may apply it all the same: {}\n", safe(excused)));
    }
    let decisions = data["decisions"].as_array().map_or(&[][..], Vec::as_slice);
    if !decisions.is_empty() {
        text.push_str("\ndecisions\n");
    }
    for decision in decisions {
        let verdict = said(decision, "verdict");
        let counts = decision["stands"] == true;
        let mark = if counts { sign(&verdict) } else { "·" };
        text.push_str(&format!(
            "  {mark} {} {} revision {}, {}: {}\n",
            said(decision, "reviewer"),
            verdict.replace('_', " "),
            decision["revision"],
            cell(&decision["decided_at"], Format::Age),
            said(decision, "rationale")
        ));
        if let Some(key) = decision["signed"]["key"].as_str() {
            text.push_str(&format!("      signed with {}\n", safe(key)));
        }
        match decision["because"].as_str() {
            Some(because) => text.push_str(&format!("      does not count: {}\n", safe(because))),
            None if verdict == "approved" => {
                text.push_str(&format!("      counts until {}\n", said(decision, "expires_at")));
            }
            None => {}
        }
    }
    text
}

fn drift(data: &Value) -> String {
    let mut text = String::new();
    for drift in data["drift"].as_array().into_iter().flatten() {
        text.push_str(&format!("\n✗ the {} has changed since\n", said(drift, "what")));
        match (&drift["then"], &drift["now"]) {
            (_, Value::Object(now)) if now.contains_key("problem") => {
                text.push_str(&format!("  {}\n", cell(&now["problem"], Format::Text)));
            }
            (Value::Object(then), Value::Object(now)) => {
                for (name, old) in then.iter().filter(|(name, old)| now.get(*name) != Some(*old)) {
                    let new = now.get(name).unwrap_or(&Value::Null);
                    text.push_str(&format!("  {name}: {} → {}\n", safe(&old.to_string()), safe(&new.to_string())));
                }
            }
            (then, now) => {
                text.push_str(&format!("  {} → {}\n", safe(&then.to_string()), safe(&now.to_string())));
            }
        }
    }
    text
}

pub(super) fn said(value: &Value, key: &str) -> String {
    line(&cell(&value[key], Format::Text))
}

pub(super) fn indented(text: &str) -> String {
    text.lines().filter(|line| !line.is_empty()).map(|line| format!("  {line}\n")).collect()
}
