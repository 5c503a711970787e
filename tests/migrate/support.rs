//! A directory of migrations to change at will, and looks at a whole database.

use std::fs;
use std::path::{Path, PathBuf};

use dot::migrate::files::{Files, Migration};
use walkdir::WalkDir;

use crate::common::Db;

/// The repository's migrations.
pub fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations")
}

/// The embedded migrations, in order. A number between them may be missing: it is that of one that never came.
pub fn migrations() -> Vec<Migration> {
    Files::load(None).expect("the migrations").migrations
}

/// The newest version of them.
pub fn newest() -> i64 {
    migrations().last().expect("a migration").version
}

/// A copy of the migrations in a directory of its own.
pub struct Dir {
    dir: tempfile::TempDir,
}

impl Dir {
    pub fn whole() -> Dir {
        Self::copy(|_| true)
    }

    /// The migrations up to a version, with the functions that need no more than the first one.
    pub fn until(version: i64) -> Dir {
        Self::copy(|path| match path.split_once('/') {
            Some(("functions", rest)) => rest.starts_with("command/"),
            Some(("checks", file)) => number(file) <= version,
            _ => number(path) <= version,
        })
    }

    fn copy(wanted: impl Fn(&str) -> bool) -> Dir {
        let dir = crate::common::tempdir();
        for file in WalkDir::new(source()).into_iter().filter_map(Result::ok).filter(|file| file.file_type().is_file())
        {
            let below = file.path().strip_prefix(source()).expect("below the source");
            if wanted(&below.display().to_string()) {
                let to = dir.path().join(below);
                fs::create_dir_all(to.parent().expect("a parent")).expect("a directory");
                fs::copy(file.path(), to).expect("a copy");
            }
        }
        Dir { dir }
    }

    pub fn path(&self) -> String {
        self.dir.path().display().to_string()
    }

    pub fn write(&self, below: &str, text: &str) -> String {
        let path = self.dir.path().join(below);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        fs::write(&path, text).expect("a file");
        path.display().to_string()
    }

    /// Adds a framed migration.
    pub fn add(&self, stem: &str, up: &str, down: &str) {
        let framed = |sql: &str| format!("set local role dot_owner;\n{sql}\nreset role;\n");
        self.write(&format!("{stem}.up.sql"), &framed(up));
        self.write(&format!("{stem}.down.sql"), &framed(down));
    }

    /// Changes a file's text.
    pub fn edit(&self, below: &str, from: &str, to: &str) {
        let path = self.dir.path().join(below);
        let text = fs::read_to_string(&path).expect("a file");
        assert!(text.contains(from), "{below} does not have `{from}`");
        fs::write(path, text.replace(from, to)).expect("a file");
    }
}

fn number(file: &str) -> i64 {
    file.split('_').next().and_then(|n| n.parse().ok()).unwrap_or(i64::MAX)
}

/// The fingerprint of the live schema.
pub fn fingerprint(db: &Db) -> String {
    db.json(&["migrate", "status"])["data"]["fingerprint"].as_str().expect("a fingerprint").to_owned()
}

/// The fingerprint after applying everything to an empty database, which is what the tests' template is.
pub fn fresh() -> String {
    fingerprint(&Db::new())
}

/// Everything that a database holds: relations with their files, functions, grants, rows of every table with the audit,
/// sequences.
pub fn everything(db: &Db) -> String {
    let relations = db.one(
        "select string_agg(format('%s %s %s %s', c.oid, c.relname, c.relfilenode, c.relacl), E'\\n' order by c.oid)
           from pg_class c where c.oid >= 16384",
    );
    let functions =
        db.one("select string_agg(p.oid || ' ' || p.xmin, E'\\n' order by p.oid) from pg_proc p where p.oid >= 16384");
    let sequences = db.one(
        "select string_agg(seqrelid || ' ' || coalesce(pg_sequence_last_value(seqrelid), 0), E'\\n' order by seqrelid) from pg_sequence",
    );
    let runs = db.one(
        "select case when to_regclass('dot.dot_command_run') is null then '0'
           else (xpath('//n/text()', query_to_xml('select count(*) as n from dot.dot_command_run', false, true, '')))[1]::text end",
    );
    [relations, functions, sequences, runs, db.content()].join("\n--\n")
}

/// Waits for a state of the database, for at most half a minute.
pub fn until(mut reached: impl FnMut() -> bool) {
    for _ in 0..1500 {
        if reached() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("the awaited state did not come");
}
