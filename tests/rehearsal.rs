//! A dry run of every mutating command works as the real run would, and leaves every table's content as it was.

use std::fs;

use crate::common::Db;
use dot::catalog::embedded;
use serde_json::{Value, json};

/// A database in which every command has something to do.
struct Prepared {
    db: Db,
    staged: Vec<String>,
    unit: String,
    neighbours: [String; 2],
    split: String,
    undo: String,
    approved: String,
    waiting: String,
    until: String,
    delegation: String,
    link: String,
    emergencies: [String; 2],
    mended: String,
    entry: String,
    run: String,
    letters: Letters,
    plan: String,
    dir: tempfile::TempDir,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

const TAG: &str = r#"{ "facet": "domain", "title": "A tag", "summary": "About it" }"#;

const EVENT: &str = r#"{ "document_version_id": "0198c0de-0000-7000-8000-000000000001", "document": "book", "proposal_id": null,
    "before": ["0198c0de-0000-7000-8000-000000000002"], "after": ["0198c0de-0000-7000-8000-000000000003"] }"#;

/// Proposes something; gives the proposal.
fn propose(db: &Db, kind: &str, payload: &Value) -> String {
    text(&db.json(&["proposal", "submit", "--kind", kind, "--payload", &payload.to_string()])["data"]["proposal"])
}

/// Someone else approves it.
fn approve(db: &Db, proposal: &str) {
    db.dot(&["proposal", "approve", proposal, "--rationale", "read", "--actor", "reviewer", "--actor-kind", "human"])
        .exits(0);
}

/// Jobs in each state, and requests to replay dead ones: one that may be carried out, one that waits for an approval.
struct Letters {
    deferred: String,
    open: String,
    small: String,
    large: String,
    batch: String,
}

fn dead_letters(db: &Db) -> Letters {
    db.sql("update dot.dot_config set value = 'true' where config_key in ('queue.job_substrate.enabled', 'queue.worker.enabled', 'queue.dlq.replay_enabled', 'queue.lease_reaper.enabled')");
    let enqueue = |more: &str| db.one(&format!("select dot.fn_job_enqueue('system.noop_leased'{more}) ->> 'job'"));
    for _ in 0..4 {
        enqueue("");
    }
    db.sql("select dot.fn_job_fail_permanent(array_agg(c.job), array_agg(c.token)) from dot.fn_job_claim(gen_random_uuid(), array['render'], 4) c");
    enqueue("");
    let letter =
        |n: u32| db.one(&format!("select dead_letter_id from dot.job_dead_letter order by 1 offset {n} limit 1"));
    let request = |letters: &[&str]| {
        text(&db.json(&[&["dlq", "request"][..], letters, &["--note", "mended"]].concat())["data"]["request"])
    };
    let small = request(&[&letter(0)]);
    db.sql("update dot.dot_config set value = '1' where config_key = 'queue.dlq.replay_approval_threshold'");
    let large = request(&[&letter(1), &letter(2)]);
    // What has expired is there to be rescued.
    enqueue("");
    db.sql("select * from dot.fn_job_claim(gen_random_uuid(), array['render'], 1); update dot.job_queue set deadline_at = now() where state = 'x'");
    for name in ["hourly", "resting"] {
        db.dot(&["schedule", "create", name, "--cron", "@hourly", "--kind", "system.noop"]).exits(0);
    }
    db.dot(&["schedule", "pause", "resting"]).exits(0);
    db.dot(&["subscription", "create", "as-jobs", "--deliver", "job"]).exits(0);
    let batch = text(&db.json(&["batch", "open", "some"])["data"]["batch"]);
    Letters { batch, deferred: enqueue(", p_run_at => now() + interval '1 day'"), open: letter(3), small, large }
}

fn prepare() -> Prepared {
    let db = Db::new();
    let dir = tempfile::tempdir().expect("a directory");
    let book = dir.path().join("book.md");
    fs::write(&book, "# One\n\nfirst text\n\n# Two\n\nsecond text\n\n# Three\n\nthird text\n").expect("a document");
    db.dot(&["iu", "import", &book.display().to_string()]).exits(0);
    let staged = (0..5)
        .map(|step| {
            let file = dir.path().join(format!("staged-{step}.md"));
            fs::write(&file, format!("# Staged {step}\n\ntext\n")).expect("a document");
            let cut = db.json(&["iu", "import", "--stage-only", &file.display().to_string()]);
            let cut = text(&cut["data"]["documents"][0]["cut"]);
            for command in ["mark", "approve", "cut", "verify"].iter().take(step) {
                db.dot(&["iu", command, &cut, "--yes"]).exits(0);
            }
            cut
        })
        .collect();
    let units = db.json(&["iu", "list", "--document", &book.display().to_string()[1..]]);
    let unit = |n: usize| text(&units["data"][n]["unit"]);
    // One split that is done, so that there is something to revert; one that is approved; one that waits; one draft.
    let done = propose(&db, "iu_split", &json!({ "unit": unit(0), "at": [5] }));
    approve(&db, &done);
    db.dot(&["proposal", "apply", &done, "--yes"]).exits(0);
    let approved = propose(&db, "iu_split", &json!({ "unit": unit(2), "at": [7] }));
    approve(&db, &approved);
    let waiting = propose(&db, "iu_split", &json!({ "unit": unit(2), "at": [8] }));
    let until = (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24)).to_string();
    let granted = db.json(&[
        "delegation",
        "grant",
        "cid",
        "--until",
        &until,
        "--rationale",
        "on leave",
        "--actor",
        "dan",
        "--actor-kind",
        "human",
        "--yes",
    ]);
    db.dot(&["iu", "tag", &unit(1), "policy"]).exits(0);
    let linked = db.json(&["iu", "link", &unit(1), "--kind", "command", "--target", "iu import"]);
    db.dot(&["gate", "set", "test.clock", "open"]).exits(0);
    let run = db.one("select run_id from dot.dot_command_run where command_code = 'gate set' and state = 'succeeded'");
    let plan = dir.path().join("plan.json").display().to_string();
    db.dot(&["gate", "set", "test.clock", "closed", "--dry-run", "--plan-out", &plan]).exits(0);
    db.dot(&["phase0", "autowire", "--yes"]).exits(0);
    db.sql("insert into dot.dot_actor (actor_id, actor_kind) values ('known', 'human')");
    for name in ["reports", "resting"] {
        db.dot(&["subscription", "create", name, "--from", "oldest"]).exits(0);
    }
    db.dot(&["subscription", "pause", "resting"]).exits(0);
    let letters = dead_letters(&db);
    let emergency = || {
        let opened = ["breakglass", "open", "--command", "gate set", "--reason", "a fire", "--yes"];
        text(&db.json(&[&opened[..], &["--actor", "warden", "--actor-kind", "human"]].concat())["data"]["emergency"])
    };
    let emergencies = [emergency(), emergency()];
    db.dot(&["breakglass", "close", &emergencies[1]]).exits(0);
    let mend =
        ["sql", "exec", "update dot.iu_metadata_tag set tagged_by = 'another'", "--propose", "--reason", "a typo"];
    let mend = text(&db.json(&mend)["data"]["proposal"]);
    for reviewer in ["reviewer", "second"] {
        let read = ["proposal", "approve", &mend, "--rationale", "read", "--actor", reviewer, "--actor-kind", "human"];
        db.dot(&read).exits(0);
    }
    let mended = db.dot(&["proposal", "apply", &mend, "--confirm", &db.name, "--json"]).exits(0);
    let entry = ["registry", "propose", "tags", "fees", "--entry", TAG, "--owner", "ann", "--purpose", "units on fees"];
    let entry = text(&db.json(&entry)["data"]["proposal"]);
    approve(&db, &entry);
    db.dot(&["registry", "deprecate", "tags", "reference", "--why", "replaced"]).exits(0);
    Prepared {
        letters,
        entry,
        mended: text(&mended.json()["run_id"]),
        emergencies,
        staged,
        unit: unit(1),
        neighbours: [unit(1), unit(2)],
        split: unit(2),
        undo: done,
        approved,
        waiting,
        until,
        delegation: text(&granted["data"]["delegation"]),
        link: text(&linked["data"]["link"]),
        run,
        plan,
        dir,
        db,
    }
}

impl Prepared {
    /// Arguments with which the command has an effect.
    fn args(&self, code: &str) -> Vec<String> {
        let owned = |args: &[&str]| args.iter().map(|arg| (*arg).to_owned()).collect();
        match code {
            "apply" => owned(&[&self.plan]),
            "audit seal" => {
                let key = self.dir.path().join("audit.key").display().to_string();
                self.db.dot(&["audit", "keygen", &key]).exits(0);
                owned(&["--key", &key])
            }
            "phase0 autowire" => owned(&["--revert"]),
            "gate set" => owned(&["audit.read_commands", "closed"]),
            "iu mark" => owned(&[&self.staged[0]]),
            "iu approve" => owned(&[&self.staged[1]]),
            "iu cut" => owned(&[&self.staged[2]]),
            "iu verify" => owned(&[&self.staged[3]]),
            "iu cleanup" => owned(&[&self.staged[4]]),
            "iu cancel" => owned(&[&self.staged[0]]),
            "iu compose" => owned(&["excerpt", "--unit", &self.unit]),
            "iu import" => {
                let file = self.dir.path().join("new.md");
                fs::write(&file, "# New\n").expect("a document");
                owned(&[&file.display().to_string()])
            }
            "iu link" => owned(&[&self.unit, "--kind", "command", "--target", "gate set"]),
            "iu unlink" => owned(&[&self.link]),
            "iu tag" => owned(&[&self.unit, "procedure"]),
            "iu untag" => owned(&[&self.unit, "policy"]),
            "iu merge" => owned(&[&self.neighbours[0], &self.neighbours[1]]),
            "iu split" => owned(&[&self.split, "--at", "7"]),
            "iu revert" => owned(&[&self.undo]),
            "proposal submit" => {
                let payload = json!({ "unit": self.split, "at": [9] }).to_string();
                owned(&["--kind", "iu_split", "--payload", &payload])
            }
            "proposal revise" | "proposal withdraw" => owned(&[&self.waiting]),
            "proposal approve" | "proposal reject" | "proposal request-changes" => {
                owned(&[&self.waiting, "--rationale", "read", "--actor", "reviewer", "--actor-kind", "human"])
            }
            "proposal review" => owned(&[
                &self.waiting,
                "--verdict",
                "approved",
                "--rationale",
                "read",
                "--actor",
                "reviewer",
                "--actor-kind",
                "human",
            ]),
            "proposal revoke" => owned(&[&self.approved, "--rationale", "misread", "--actor", "reviewer"]),
            "proposal apply" => owned(&[&self.approved]),
            "delegation grant" => {
                owned(&["eve", "--until", &self.until, "--rationale", "on leave", "--actor-kind", "human"])
            }
            "delegation revoke" => owned(&[&self.delegation, "--actor", "dan"]),
            "bench jobs" => {
                self.db.sql("update dot.job_queue set queue_id = (select queue_id from dot.queue_registry where queue_code = 'default')");
                Vec::new()
            }
            "job enqueue" => owned(&["system.noop"]),
            "job cancel" | "job retry" => owned(&[&self.letters.deferred]),
            "queue pause" => owned(&["bench"]),
            "queue resume" => {
                self.db.sql("update dot.queue_registry set status = 'paused' where queue_code = 'default'");
                owned(&["default"])
            }
            "queue set" => owned(&["bench", "--weight", "7"]),
            "worker run" | "lease reap" => Vec::new(),
            "worker drain" => {
                self.db.sql("select dot.fn_worker_start()");
                owned(&["--every"])
            }
            "phase1 enable" | "phase1 verify" => Vec::new(),
            "dlq request" | "dlq discard" => owned(&[&self.letters.open, "--note", "mended"]),
            "dlq approve" => {
                owned(&[&self.letters.large, "--rationale", "read", "--actor", "reviewer", "--actor-kind", "human"])
            }
            "dlq replay" => owned(&[&self.letters.small]),
            "schedule create" => owned(&["often", "--cron", "* * * * *", "--kind", "system.noop"]),
            "schedule pause" | "schedule drop" => owned(&["hourly"]),
            "schedule resume" => owned(&["resting"]),
            "batch open" => owned(&["letters", "--kind", "system.noop"]),
            "batch seal" => owned(&[&self.letters.batch]),
            "subscription jobs" => owned(&["as-jobs", "--kind", "system.noop"]),
            "consumer run" => Vec::new(),
            "event emit" => owned(&["iu.piece.split", "--payload", EVENT, "--key", "book"]),
            "event housekeep" => Vec::new(),
            "subscription create" => owned(&["digest", "--type", "iu.*"]),
            "subscription pause" | "subscription drop" | "subscription seek" | "subscription read" => {
                owned(&["reports"])
            }
            "subscription resume" => owned(&["resting"]),
            "consumer retry" => owned(&["iu.axis_materialize"]),
            "actor add" => owned(&[&self.db.name, "--kind", "human"]),
            "actor disable" | "actor enable" => owned(&["known"]),
            "breakglass open" => owned(&["--command", "gate set", "--reason", "rehearsed", "--actor-kind", "human"]),
            "breakglass close" => owned(&[&self.emergencies[0]]),
            "breakglass review" => owned(&[
                &self.emergencies[1],
                "--verdict",
                "justified",
                "--rationale",
                "so it was",
                "--actor",
                "other",
                "--actor-kind",
                "human",
            ]),
            "registry propose" => {
                owned(&["tags", "grants", "--entry", TAG, "--owner", "ann", "--purpose", "units on grants"])
            }
            "registry register" => owned(&[&self.entry]),
            "registry deprecate" | "registry archive" => owned(&["tags", "policy", "--why", "replaced"]),
            "registry reinstate" => owned(&["tags", "reference", "--why", "needed"]),
            "event type register" => {
                let file = self.dir.path().join("note.json");
                fs::write(&file, r#"{ "type": "object", "properties": { "text": { "type": "string" } } }"#)
                    .expect("a schema");
                owned(&["iu.note.added", "1.0.0", &file.display().to_string()])
            }
            "event type deprecate" | "event type archive" => owned(&["iu.piece.merge", "1.0.0", "--why", "replaced"]),
            "sql exec" => owned(&["update dot.iu_metadata_tag set tagged_by = 'someone'"]),
            "sql restore" => owned(&[&self.mended]),
            "run undo" => owned(&[&self.run]),
            "catalog sync" | "iu index" | "migrate apply" | "migrate revert" | "phase0 verify" | "run reap" => {
                Vec::new()
            }
            other => panic!("`{other}` is new: say here how it is rehearsed"),
        }
    }
}

#[test]
fn a_dry_run_of_every_mutating_command_changes_nothing() {
    let prepared = prepare();
    let db = &prepared.db;
    let catalog = embedded::commands().expect("the catalogue");
    let mut rehearsed = 0;
    for entry in catalog.iter().filter(|entry| entry.spec.mutating && !entry.spec.local) {
        let code = &entry.spec.code;
        let args = prepared.args(code);
        let before = db.content();
        let words: Vec<&str> =
            entry.spec.words().chain(args.iter().map(String::as_str)).chain(["--dry-run", "--json"]).collect();
        let ran = db.dot(&words);
        assert_eq!(ran.code, 0, "dot {code} {args:?}: {}", ran.stderr);
        let document = ran.json();
        assert_eq!(
            (&document["dry_run"], document["effects"].is_object()),
            (&Value::Bool(true), true),
            "{code}: {document}"
        );
        assert_eq!(db.content(), before, "the dry run of {code} left something behind");
        rehearsed += 1;
    }
    println!("{rehearsed} commands rehearsed");
    assert_eq!(db.one("select count(*) from dot.dot_command_run where mode = 'dry_run' and state <> 'rehearsed'"), "0");
}
