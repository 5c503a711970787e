//! Start-up against an empty Rust program, and one command against `psql -c` calling the same function once.
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
    let psql = |sql: &str| {
        let mut command = Command::new(bindir.join("psql"));
        command.args([&db.url(), "-X", "-q", "-A", "-t", "-c", sql]);
        command
    };
    let (mut by_psql, mut by_dot) = (Flip::default(), Flip::default());
    let times = interleave(
        60,
        &mut [
            &mut || run(psql("select * from dot.fn_gate_list()")),
            &mut || run(db.command(&["gate", "list"])),
            &mut || run(psql(&format!("select dot.fn_gate_set('test.clock', '{}')", by_psql.next()))),
            &mut || run(db.command(&["gate", "set", "iu.post_cut.autowire", by_dot.next()])),
        ],
    );
    line("psql: read", &times[0]);
    line("dot: read", &times[1]);
    line("psql: mutation", &times[2]);
    line("dot: mutation (audit, two commits, pair)", &times[3]);
    verdict("read, dot / psql", times[1].median() / times[0].median(), "×", 1.5, true);
    verdict("mutation, dot / psql", times[3].median() / times[2].median(), "×", 3.0, true);
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
