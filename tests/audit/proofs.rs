//! Proofs and exports, which need no database.

use std::fs;

use serde_json::Value;

use super::Log;
use crate::common::{Ran, bare};

#[test]
fn a_proof_needs_no_database() {
    let log = Log::new();
    let proof = log.db.home().join("run.tlog-proof");
    let path = proof.display().to_string();
    let check = |path: &str, key: &str| {
        let mut command = bare(&["audit", "check-proof", path, "--key", key, "--json"]);
        command.env("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing").env("DOT_STATE_DIR", "/nowhere");
        Ran::of(command.output().expect("dot runs"))
    };
    for (kind, flag) in [("run/1", None), ("verdict/1", Some("--verdict"))] {
        for run in &log.runs {
            let args: Vec<&str> = ["audit", "prove", run, "--out", &path].into_iter().chain(flag).collect();
            log.db.dot(&args).exits(0);
            let checked = check(&path, &log.public()).exits(0).json();
            assert_eq!(
                (&checked["data"]["kind"], &checked["data"]["sealed"]["run_id"]),
                (&kind.into(), &run.as_str().into())
            );
        }
    }
    log.db.dot(&["audit", "prove", &log.runs[0], "--out", &path]).exits(0);
    let public = fs::read_to_string(log.public()).expect("a key");
    let checked = check(&path, public.trim()).exits(0).json();
    let sealed = &checked["data"]["sealed"];
    assert_eq!((&sealed["command_code"], &sealed["outcome"]["value"]), (&"gate set".into(), &"open".into()));

    // Every line of the file matters: whatever is changed in one, the proof no longer holds.
    let text = fs::read_to_string(&proof).expect("a proof");
    let forged = log.db.home().join("forged.tlog-proof");
    let forge = |content: &str| {
        fs::write(&forged, content).expect("a file");
        check(&forged.display().to_string(), &log.public()).code
    };
    assert_eq!(forge(&text), 0);
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let changed: Vec<String> =
            text.lines().enumerate().map(|(m, other)| if m == n { change(line) } else { other.to_owned() }).collect();
        assert!([3, 9].contains(&forge(&(changed.join("\n") + "\n"))), "line {n} of {text}");
    }
    let other = log.db.home().join("other.key").display().to_string();
    let made = log.db.json(&["audit", "keygen", &other]);
    check(&path, made["data"]["public_key"].as_str().expect("a key")).exits(3);
    log.db.dot(&["audit", "prove", "0198c0de-0000-7000-8000-000000000001"]).exits(5);
}

/// The line with one letter or digit in its middle replaced.
fn change(line: &str) -> String {
    let middle =
        line.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()).nth(line.len() / 3).map_or(0, |(n, _)| n);
    let old = line.as_bytes()[middle];
    let new = if old == b'1' { '2' } else { '1' };
    format!("{}{new}{}", &line[..middle], &line[middle + 1..])
}

#[test]
fn an_export_is_whole_and_can_be_recomputed() {
    use sha2::Digest;
    let log = Log::new();
    let file = log.db.home().join("log.jsonl");
    let exported = log.db.json(&["audit", "export", &file.display().to_string()]);
    let text = fs::read_to_string(&file).expect("an export");
    assert_eq!(exported["data"]["sha256"], dot::hex::hex(&sha2::Sha256::digest(&text)));
    let mut frontier = dot::audit::tree::Frontier::default();
    let mut notes = 0;
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        match line["checkpoint"].as_str() {
            Some(note) => {
                let said = dot::audit::note::open(note, &[]).expect("a checkpoint");
                assert_eq!((said.size, said.root), (frontier.size(), frontier.root()));
                notes += 1;
            }
            None => frontier.push(tlog_tiles::record_hash(line["entry"].as_str().expect("an entry").as_bytes())),
        }
    }
    assert_eq!((notes, frontier.size()), (4, log.size()));
}
