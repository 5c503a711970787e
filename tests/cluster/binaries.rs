//! Which server binaries are used, and what is said when there are none.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::support::{Machine, answer, rows, script};

/// A folder without a server, which hides the machine's own.
pub fn nothing(machine: &Machine) -> PathBuf {
    let dir = machine.root().join("nothing");
    fs::create_dir_all(&dir).unwrap();
    dir
}

fn up_without_binaries(machine: &Machine) -> Value {
    answer(&machine.command("up").env("PG_BINDIR", nothing(machine)).output().unwrap())["error"].take()
}

#[test]
fn missing_binaries_are_an_error_that_says_how_to_get_them() {
    let machine = Machine::new();
    let error = up_without_binaries(&machine);
    assert_eq!((&error["kind"], &error["exit_code"]), (&"unavailable".into(), &10.into()), "{error}");
    let hint = error["hint"].as_str().unwrap();
    assert!(hint.contains("--fetch-postgres") && hint.contains("install"), "{hint}");
    assert!(!machine.run("status")["exists"].as_bool().unwrap());
}

#[test]
fn a_cluster_keeps_to_the_major_that_made_it() {
    let machine = Machine::new();
    let major = machine.run("up")["major"].to_string();
    assert_eq!(machine.add_row(), 1);
    // While it runs, nobody asks for binaries.
    let mut command = machine.command("add-row");
    assert_eq!(rows(&answer(&command.env("PG_BINDIR", nothing(&machine)).output().unwrap())), 2);
    machine.run("down");
    let error = up_without_binaries(&machine);
    assert!(error["message"].as_str().unwrap().contains(&format!("made by PostgreSQL {major}")), "{error}");
}

#[test]
fn binaries_of_another_major_are_named_as_such() {
    let machine = Machine::new();
    let dir = nothing(&machine);
    script(&dir.join("postgres"), "#!/bin/sh\necho 'postgres (PostgreSQL) 13.7'\n");
    script(&dir.join("initdb"), "#!/bin/sh\n");
    let error = up_without_binaries(&machine);
    assert!(error["detail"].as_str().unwrap().contains("PostgreSQL 13.7"), "{error}");
}

#[test]
fn a_major_that_is_not_supported_is_a_usage_error() {
    let machine = Machine::new();
    for text in ["13", "19", "newest"] {
        let answer = answer(&machine.command("up").env("DOT_PG_MAJOR", text).output().unwrap());
        assert_eq!(answer["error"]["kind"], "usage", "{answer}");
    }
}
