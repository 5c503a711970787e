//! Start-up against an empty Rust program, and one command against `psql -c` calling the same function once, with as many
//! commits besides as the record of a run takes.
//!
//! `cargo bench --bench pipeline`

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::database::{Db, bare, wait};
use common::{interleave, line, run, verdict};

fn main() {
    startup();
    commands();
}

fn startup() {
    println!("start-up (wall time of a process)");
    let dir = tempfile::tempdir().expect("a directory");
    let empty = empty_program(dir.path());
    let times = interleave(
        40,
        &mut [&mut || run(Command::new(&empty)), &mut || run(bare(&["--help"])), &mut || {
            run(bare(&["catalog", "list"]))
        }],
    );
    line("an empty Rust program", &times[0]);
    line("dot --help", &times[1]);
    line("dot catalog list", &times[2]);
    verdict("dot --help beyond it", times[1].median() - times[0].median(), "ms", 10.0, true);
    verdict("dot catalog list beyond it", times[2].median() - times[0].median(), "ms", 10.0, true);
}

/// `fn main() {}`, optimised.
fn empty_program(dir: &Path) -> PathBuf {
    let source = dir.join("empty.rs");
    std::fs::write(&source, "fn main() {}\n").expect("a file");
    let program = dir.join("empty");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let built = Command::new(rustc).arg("-O").arg(&source).arg("-o").arg(&program).status().expect("rustc runs");
    assert!(built.success());
    program
}

fn commands() {
    println!("\none command, with its audit, against psql -c calling the same function");
    let db = Db::new();
    println!("  {}", db.one("select 'fsync ' || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit')"));
    // The real client beside the server, not a distribution's wrapper around it.
    let bindir = wait(dot::cluster::status()).expect("the cluster's state").bindir.expect("the server's folder");
    let psql = |statements: &[&str]| {
        let mut command = Command::new(bindir.join("psql"));
        command.args([&db.url(), "-X", "-q", "-A", "-t"]);
        command.args(statements.iter().flat_map(|statement| ["-c", *statement]));
        command
    };
    let (mut by_psql, mut by_both, mut by_dot) = (Flip::default(), Flip::default(), Flip::default());
    let times = interleave(
        60,
        &mut [
            &mut || run(psql(&[READ])),
            &mut || run(psql(&[READ, COMMIT_LATER])),
            &mut || run(db.command(&["gate", "list"])),
            &mut || run(psql(&[&change("test.clock", by_psql.next())])),
            &mut || run(psql(&[COMMIT, &change("queue.notify.enabled", by_both.next()), COMMIT_LATER])),
            &mut || run(db.command(&["gate", "set", "iu.post_cut.autowire", by_dot.next()])),
        ],
    );
    line("psql: read", &times[0]);
    line("psql: read, and one commit that waits for no disk", &times[1]);
    line("dot: read, audited", &times[2]);
    line("psql: mutation", &times[3]);
    line("psql: mutation, and two commits, one waiting", &times[4]);
    line("dot: mutation, audited and verified", &times[5]);
    verdict("read, dot / psql", times[2].median() / times[0].median(), "×", 1.5, true);
    verdict("read, dot beyond psql with its commits", times[2].median() - times[1].median(), "ms", 3.0, true);
    verdict("mutation, dot / psql", times[5].median() / times[3].median(), "×", 3.0, true);
    verdict("mutation, dot beyond psql with its commits", times[5].median() - times[4].median(), "ms", 5.0, true);
}

const READ: &str = "select * from dot.fn_gate_list()";
/// A commit that has nothing to say, and waits for the disk all the same.
const COMMIT: &str = "select pg_logical_emit_message(true, '', '')";
const COMMIT_LATER: &str =
    "begin; set local synchronous_commit = off; select pg_logical_emit_message(true, '', ''); commit";

fn change(gate: &str, value: &str) -> String {
    format!("select dot.fn_gate_set('{gate}', '{value}')")
}

/// Another value each time, so that every call changes a row.
#[derive(Default)]
struct Flip(bool);

impl Flip {
    fn next(&mut self) -> &'static str {
        self.0 = !self.0;
        if self.0 { "closed" } else { "open" }
    }
}
