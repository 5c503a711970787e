//! Import, cut and materialize of 600 documents (9 MB), as units a second; against copying the same bytes into a bare table.
//!
//! `DOT_CORPUS=… cargo bench --bench import`; without it, the samples are repeated to the same size.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use common::database::Db;
use common::{Times, line, run, verdict};

const DOCUMENTS: usize = 600;
const ROUNDS: usize = 5;

fn main() {
    let dir = tempfile::tempdir().expect("a directory");
    let bytes = fill(dir.path());
    let shown = dir.path().display().to_string();
    println!("{DOCUMENTS} documents, {:.1} MB", bytes as f64 / 1e6);
    let mut times = Times::default();
    let mut floor = Times::default();
    let mut inside = Times::default();
    let mut units = 0.0;
    for _ in 0..ROUNDS {
        let db = Db::new();
        run(db.command(&["phase0", "autowire", "--yes"]));
        let started = Instant::now();
        run(db.command(&["iu", "import", &shown]));
        times.0.push(started.elapsed().as_secs_f64() * 1000.0);
        let run = "select round(extract(epoch from finished_at - started_at) * 1000, 2) from dot.dot_command_run where command_code = 'iu import'";
        inside.0.push(db.one(run).parse().expect("a number"));
        units = db.one("select count(*) from dot.iu_three_axis_envelope").parse().expect("a number");
        assert_eq!(db.one("select count(*) from dot.iu_document"), DOCUMENTS.to_string());

        // The floor: the same text, digested and stored row by row in one statement, with nothing else.
        let started = Instant::now();
        db.sql(
            "create table bare as select v.unit_id, v.body, encode(sha256(convert_to(v.body, 'UTF8')), 'hex') as digest from dot.iu_version v;
             alter table bare add primary key (unit_id)",
        );
        floor.0.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    line("dot iu import, start to exit", &times);
    line("of which the run: import, cut, verify, materialize", &inside);
    line("the same rows into a bare table", &floor);
    println!("  units {units}, ratio to the bare table {:.1} ×", times.median() / floor.median());
    verdict("units a second, client start to exit", units / times.median() * 1000.0, "/s", 10_000.0, false);
}

/// Ten copies of the corpus, each document with a first line of its own; or the samples, often enough.
fn fill(dir: &Path) -> u64 {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalog/sample");
    let root = std::env::var_os("DOT_CORPUS").map_or(samples, PathBuf::from);
    let sources: Vec<PathBuf> = walkdir::WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    let mut bytes = 0;
    for n in 0..DOCUMENTS {
        let text = fs::read_to_string(&sources[n % sources.len()]).expect("a document");
        let text = format!("Copy {n}\n\n{text}");
        bytes += text.len() as u64;
        fs::write(dir.join(format!("{n:04}.md")), text).expect("a document");
    }
    bytes
}
