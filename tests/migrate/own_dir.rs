//! The directory of a team's own migrations, and `dot migrate` on it.

use std::fs;

use crate::common::Db;

/// A set of one's own in a directory that is not there before.
pub struct Own {
    _dir: tempfile::TempDir,
    pub path: String,
    pub set: String,
}

impl Own {
    pub fn new(set: &str) -> Own {
        let dir = crate::common::tempdir();
        let path = dir.path().join(set).display().to_string();
        Own { _dir: dir, path, set: set.to_owned() }
    }

    /// Starts a migration and fills both of its files.
    pub fn add(&self, db: &Db, name: &str, up: &str, down: &str) {
        let started = db.json(&["migrate", "new", name, "--dir", &self.path]);
        for (direction, sql) in [("up", up), ("down", down)] {
            let file = started["data"][direction].as_str().expect("a file");
            let comment = fs::read_to_string(file).expect("a skeleton");
            fs::write(file, format!("{comment}{sql}\n")).expect("a file");
        }
    }

    pub fn edit(&self, file: &str, text: &str) {
        let file = format!("{}/{file}", self.path);
        let before = fs::read_to_string(&file).expect("a file");
        fs::write(&file, before + text).expect("a file");
    }

    pub fn run(&self, db: &Db, command: &str) -> serde_json::Value {
        db.json(&["migrate", command, "--dir", &self.path])["data"].clone()
    }

    pub fn applied(&self, db: &Db) -> String {
        db.one(&format!(
            "select coalesce(string_agg(version || ' ' || description, ', ' order by version), '') from dot.dot_own_migration where set_name = '{}'",
            self.set
        ))
    }

    pub fn refused(&self, db: &Db, args: &[&str], code: i32) -> String {
        let all: Vec<&str> = ["migrate"].iter().chain(args).chain(&["--dir", &self.path, "--json"]).copied().collect();
        db.dot(&all).exits(code).json()["error"]["message"].as_str().expect("a message").to_owned()
    }

    pub fn drifts(&self, db: &Db) -> Vec<String> {
        let verified = db.dot(&["migrate", "verify", "--dir", &self.path, "--json"]).exits(3).json();
        let drifts = verified["data"]["drifts"].as_array().expect("drifts");
        drifts
            .iter()
            .map(|one| format!("{} {}", one["drift"].as_str().unwrap(), one["object"].as_str().unwrap()))
            .collect()
    }
}
