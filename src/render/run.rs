//! `dot run show` as a person wants to read it: what was run, by whom, what it changed, who approved it, what verified it.

use serde_json::Value;

use super::effects;
use super::human::{cell, safe, sign};
use super::proposal::{indented, said};
use super::table::{self, Style};
use crate::catalog::spec::Format;

/// The whole picture of one run. Every fact is in the JSON as well; ids of traces and plans are only there.
pub fn show(data: &Value, color: bool) -> String {
    let style = Style { color };
    let state = said(data, "state");
    let mut text =
        format!("dot {}\n{} {state} · {}", said(data, "command"), sign(&state), said(data, "mode").replace('_', " "));
    if !data["risk"].is_null() {
        text.push_str(&format!(" · {} risk", said(data, "risk")));
    }
    text.push_str(&format!("\nrun {}\n{}\n", said(data, "run_id"), who(data)));
    text.push_str(&when(data));
    if let Some(reason) = data["reason"].as_str() {
        text.push_str(&format!("because {}\n", safe(reason)));
    }
    for (name, before) in [("undo_of", "takes back dot run show"), ("undone_by", "taken back by dot run show")] {
        if let Some(run) = data[name].as_str() {
            text.push_str(&format!("{before} {}\n", safe(run)));
        }
    }
    if data["args"].as_object().is_some_and(|args| !args.is_empty()) {
        text.push_str(&format!("\nwith\n{}", indented(&table::object(&data["args"], &[], style))));
    }
    text.push_str(&approvals(data));
    if let Some(error) = data["error"].as_object() {
        let part = |name: &str| error.get(name).and_then(Value::as_str).map(safe);
        text.push_str(&format!("\n{} {}\n", sign(&state), part("message").unwrap_or_default()));
        if let Some(hint) = part("hint") {
            text.push_str(&format!("  next: {hint}\n"));
        }
        text.push_str(&drift(&data["error"]["detail"]));
    }
    for warning in data["effects"]["warnings"].as_array().into_iter().flatten() {
        text.push_str(&format!("\nwarning: {}\n", cell(warning, Format::Text)));
    }
    if data["effects"]["claimed"] == true {
        text.push_str("\nits outcome is claimed: the words of who ran it, which the database did not compute\n");
    }
    if data["effects"]["tables"].is_object() {
        text.push_str(&effects::effects(&data["effects"], style));
    }
    if let Some(pair) = data["pair"].as_object() {
        let verdict = pair.get("verdict").and_then(Value::as_str).unwrap_or_default();
        let by = pair.get("command").and_then(Value::as_str).unwrap_or_default();
        let claimed = if pair.get("claimed") == Some(&Value::Bool(true)) { ", as who ran it says" } else { "" };
        text.push_str(&format!("\n{} {} by dot {}{claimed}\n", sign(verdict), safe(verdict), safe(by)));
    }
    match data["sealed_as"].as_u64() {
        Some(leaf) => {
            text.push_str(&format!("sealed as leaf {leaf}; prove it: dot audit prove {}\n", said(data, "run_id")))
        }
        None => text.push_str("not sealed yet: dot audit seal\n"),
    }
    text
}

fn who(data: &Value) -> String {
    let actor = match data["principal"].as_str() {
        Some(principal) => format!("{} for {}", said(data, "actor"), safe(principal)),
        None => said(data, "actor"),
    };
    let sure = if data["actor_verified"] == true { "" } else { ", unverified" };
    let client = &data["client"];
    let place = client["host"].as_str().map_or(String::new(), |host| {
        format!(" from {}", safe(&[client["os_user"].as_str().unwrap_or_default(), host].join("@")))
    });
    format!("by {actor} ({}{sure}), login {}{place}", said(data, "actor_kind"), said(data, "login"))
}

fn when(data: &Value) -> String {
    let parsed = |name: &str| data[name].as_str().and_then(|at| at.parse::<jiff::Timestamp>().ok());
    let mut text = format!("{} ({})", said(data, "started_at"), cell(&data["started_at"], Format::Age));
    if let (Some(from), Some(to)) = (parsed("started_at"), parsed("finished_at")) {
        text.push_str(&format!(", took {} ms", to.duration_since(from).as_millis()));
    }
    if data["attempts"].as_u64().is_some_and(|attempts| attempts > 1) {
        text.push_str(&format!(", {} attempts", data["attempts"]));
    }
    text + "\n"
}

fn approvals(data: &Value) -> String {
    let Some(proposal) = data["proposal"].as_str() else { return String::new() };
    let mut text = format!("\nunder proposal {} (dot proposal show)\n", safe(proposal));
    for decision in data["approvals"].as_array().into_iter().flatten() {
        let verdict = said(decision, "verdict");
        text.push_str(&format!(
            "  {} {} {verdict} {}: {}\n",
            sign(&verdict),
            said(decision, "reviewer"),
            cell(&decision["decided_at"], Format::Age),
            said(decision, "rationale")
        ));
    }
    text
}

/// What a plan expected and what was found, table by table.
fn drift(detail: &Value) -> String {
    let (Some(planned), measured) = (detail["planned"]["tables"].as_object(), &detail["measured"]["tables"]) else {
        return String::new();
    };
    let mut text = String::from("  drifted\n");
    for (table, counts) in planned {
        if *counts != measured[table.as_str()] {
            text.push_str(&format!(
                "    {}: planned {}, measured {}\n",
                safe(table),
                cell(counts, Format::Text),
                cell(&measured[table.as_str()], Format::Text)
            ));
        }
    }
    text
}
