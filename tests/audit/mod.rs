//! The sealed log, in honest use and under attack. Each attack is a superuser's, with every trigger out of the way; verification
//! names it and where it starts.

mod attacks;
mod eyes;
mod log;
mod missing;
mod objects;
mod proofs;

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::common::{Db, Ran};

/// How the key of a database is called.
const DATABASE: &str = "select format('%s-%s', current_database(), system_identifier) from pg_control_system()";

/// A log with four checkpoints: three runs and their verdicts, then the seals between them.
struct Log {
    db: Db,
    /// The runs of `gate set`, in order.
    runs: Vec<String>,
}

impl Log {
    fn new() -> Log {
        let db = Db::prepared("log", |db| {
            db.dot(&["audit", "keygen"]).exits(0);
            for value in ["open", "closed", "open"] {
                db.dot(&["gate", "set", "test.clock", value]).exits(0);
                db.dot(&["audit", "seal"]).exits(0);
            }
            db.dot(&["audit", "seal"]).exits(0);
        });
        // A copy of a database has a name of its own, and its key has that name.
        let database = db.one(DATABASE);
        let folder = db.home().join(".config/dot/audit");
        for file in fs::read_dir(&folder).expect("the keys").map(|file| file.expect("a file").path()) {
            let kind = file.extension().expect("its kind").to_string_lossy().into_owned();
            fs::rename(&file, folder.join(format!("{database}.{kind}"))).expect("its new name");
        }
        let runs = db.one("select string_agg(run_id::text, ' ' order by started_at) from dot.dot_command_run where command_code = 'gate set'");
        Log { db, runs: runs.split(' ').map(str::to_owned).collect() }
    }

    fn change(&mut self, value: &str) {
        let set = self.db.json(&["gate", "set", "test.clock", value]);
        self.runs.push(set["run_id"].as_str().expect("a run").to_owned());
    }

    fn seal(&self) -> Ran {
        self.db.dot(&["audit", "seal"])
    }

    fn file(&self, name: &str) -> PathBuf {
        let database = self.db.one(DATABASE);
        self.db.home().join(".config/dot/audit").join(format!("{database}.{name}"))
    }

    fn public(&self) -> String {
        self.file("pub").display().to_string()
    }

    /// A copy of the newest checkpoint, as someone would keep it elsewhere.
    fn keep(&self) -> String {
        let kept = self.db.home().join("kept.checkpoint");
        fs::copy(self.file("checkpoint"), &kept).expect("a copy");
        kept.display().to_string()
    }

    fn index(&self, run: &str, kind: &str) -> u64 {
        let index = format!("select leaf_index from dot.audit_leaf where run_id = '{run}' and leaf_kind = '{kind}'");
        self.db.one(&index).parse().expect("an index")
    }

    fn size(&self) -> u64 {
        self.db.one("select count(*) from dot.audit_leaf").parse().expect("a number")
    }

    fn verify(&self, args: &[&str]) -> Verdict {
        let ran = self.db.dot(&[&["audit", "verify", "--json"], args].concat());
        let document = ran.json();
        let is_ok = document["data"]["ok"] == true;
        assert_eq!(ran.code, if is_ok { 0 } else { 3 }, "{}", ran.stdout);
        Verdict(document["data"].clone())
    }
}

struct Verdict(Value);

impl Verdict {
    fn names(&self) -> Vec<&str> {
        self.0["findings"].as_array().expect("findings").iter().filter_map(|f| f["finding"].as_str()).collect()
    }

    fn finding(&self, name: &str) -> &Value {
        let all = self.0["findings"].as_array().expect("findings");
        let found = all.iter().find(|f| f["finding"] == name).unwrap_or_else(|| panic!("no {name}: {}", self.0));
        assert!(found["means"].as_str().is_some_and(|means| !means.is_empty()), "{name} is not explained");
        found
    }
}

/// Brings the log into agreement with itself from `index` on, as one who knows the format would.
const REWRITE: &str = "set timezone = 'UTC'; set datestyle = 'ISO, YMD';
    update dot.audit_leaf l set canonical = case l.leaf_kind when 'run/1' then v.run_canonical else v.verdict_canonical end
      from dot.v_audit_row v where v.run_id = l.run_id;
    update dot.audit_leaf set leaf_hash = sha256('\\x00'::bytea || convert_to(leaf_index || ' ' || leaf_kind || E'\\n' || canonical, 'UTF8'))";
