//! The sealed log under attack. Each attack is a superuser's, with every trigger out of the way; verification names it and
//! where it starts. What honest use looks like, proofs without a database, and late commits come first.

mod eyes;

use std::fs;
use std::path::PathBuf;

use crate::common::{Db, Ran, bare, runtime, wait};
use serde_json::Value;
use sqlx::{AssertSqlSafe, ConnectOptions};

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

#[test]
fn a_sealed_log_verifies() {
    let log = Log::new();
    let verdict = log.verify(&["--checkpoint", &log.keep()]);
    assert_eq!(verdict.names(), [""; 0], "{}", verdict.0);
    assert_eq!((&verdict.0["signatures"], &verdict.0["kept_elsewhere"]), (&"verified".into(), &2.into()));
    assert_eq!(verdict.0["leaves"].as_u64(), Some(log.size()));
    // What is printed is what is signed, and an interval with nothing in it but the last seal is signed too.
    let shown = log.db.dot(&["audit", "show"]).exits(0).stdout;
    assert_eq!(shown, fs::read_to_string(log.file("checkpoint")).expect("a checkpoint"));
    assert_eq!(log.db.one("select count(*) from dot.audit_checkpoint"), "4");
    assert_eq!(log.db.one("select count(distinct leaf_index) = max(leaf_index) + 1 from dot.audit_leaf"), "true");
    let shown = log.db.json(&["audit", "show", &log.runs[1]]);
    assert_eq!(shown["data"]["leaves"].as_array().map(Vec::len), Some(2), "the run and its verdict: {shown}");
}

#[test]
fn a_key_is_made_once_and_read_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let db = Db::new();
    let made = db.json(&["audit", "keygen", "--name", "example.org/log"]);
    let key = made["data"]["private"].as_str().expect("a path").to_owned();
    assert_eq!(fs::metadata(&key).expect("a key").permissions().mode() & 0o777, 0o600);
    assert!(made["data"]["public_key"].as_str().is_some_and(|key| key.starts_with("example.org/log+")));
    let before = fs::read(&key).expect("a key");
    db.dot(&["audit", "keygen"]).exits(6);
    assert_eq!(fs::read(&key).expect("a key"), before);
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).expect("a mode");
    let refused = db.dot(&["audit", "seal"]).exits(6);
    assert!(refused.stderr.contains("chmod 600"), "{}", refused.stderr);
    db.dot(&["audit", "seal", "--key", "/nowhere"]).exits(5);
    assert_eq!(db.one("select count(*) from dot.audit_leaf"), "0", "nothing is sealed that is not signed");
}

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
fn triggers_hold_where_replication_skips_others() {
    let log = Log::new();
    wait(async {
        let mut superuser = log.db.connect().await;
        sqlx::raw_sql("set session_replication_role = replica").execute(&mut superuser).await.expect("a superuser");
        for sql in [
            "update dot.approval_policy set level = 'advisory'",
            "truncate dot.proposal cascade",
            "truncate dot.review_decision cascade",
            "update dot.dot_command_run set reason = 'another' where state <> 'started'",
            "delete from dot.dot_command_run",
            "truncate dot.dot_command_run cascade",
            "update dot.audit_leaf set canonical = ''",
            "delete from dot.audit_leaf",
            "truncate dot.audit_leaf",
            "update dot.audit_checkpoint set size = 0",
            "delete from dot.audit_checkpoint",
            "truncate dot.audit_checkpoint",
        ] {
            let refused = sqlx::raw_sql(sql).execute(&mut superuser).await.expect_err(sql);
            let code = refused.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned();
            assert_eq!(code, "DT409", "{sql}: {refused}");
        }
    });
    assert_eq!(log.verify(&[]).names(), [""; 0]);
}

#[test]
fn changed_and_deleted_runs_are_named() {
    let log = Log::new();
    let kept = log.keep();
    let [first, second, third] = [0, 1, 2].map(|n| log.runs[n].clone());
    log.db.behind_our_back(&format!(
            "update dot.dot_command_run set outcome = outcome || '{{\"value\": \"maybe\"}}', actor = 'someone else' where run_id = '{second}';
             update dot.dot_command_run set pair = '{{\"verdict\": \"differs\"}}' where run_id = '{first}';
             delete from dot.dot_command_run where run_id = '{third}'"
        ),
    );
    let verdict = log.verify(&["--checkpoint", &kept]);
    let changed = verdict.finding("run_changed");
    assert_eq!(changed["first_index"].as_u64(), Some(log.index(&second, "run/1")));
    assert_eq!(changed["cases"][0]["run_id"], second.as_str());
    assert_eq!(changed["cases"][0]["changed"], serde_json::json!(["actor", "outcome"]));
    assert_eq!(verdict.finding("verdict_changed")["first_index"].as_u64(), Some(log.index(&first, "verdict/1")));
    assert_eq!(verdict.finding("run_missing")["first_index"].as_u64(), Some(log.index(&third, "run/1")));
    assert_eq!(verdict.finding("run_missing")["count"], 2, "the run and its verdict");
    assert_eq!(verdict.0["first_bad_index"].as_u64(), Some(log.index(&first, "verdict/1")));
    // The log itself still says what was: the roots stand.
    assert!(!verdict.names().contains(&"root_differs"), "{}", verdict.0);
}

#[test]
fn a_deleted_leaf_and_a_swapped_pair_are_named() {
    let log = Log::new();
    let at = log.index(&log.runs[1], "run/1");
    log.db.behind_our_back(&format!("delete from dot.audit_leaf where leaf_index = {at}"));
    let verdict = log.verify(&["--checkpoint", &log.keep()]);
    assert_eq!((verdict.names(), verdict.0["first_bad_index"].as_u64()), (vec!["leaf_missing"], Some(at)));

    let log = Log::new();
    log.db.behind_our_back(
        "update dot.audit_leaf set leaf_index = 1000 where leaf_index = 2;
         update dot.audit_leaf set leaf_index = 2 where leaf_index = 4;
         update dot.audit_leaf set leaf_index = 4 where leaf_index = 1000",
    );
    let verdict = log.verify(&["--checkpoint", &log.keep()]);
    let moved = verdict.finding("leaf_changed");
    assert_eq!((&moved["count"], &moved["first_index"]), (&2.into(), &2.into()));
    assert_eq!(verdict.0["first_bad_index"], 2);
    assert_eq!(
        verdict.finding("root_differs")["first_index"],
        0,
        "by itself it only says: before the first checkpoint"
    );
}

#[test]
fn a_truncated_tail_is_named_and_never_signed_over() {
    let log = Log::new();
    let kept = log.keep();
    let size = log.size();
    // Between a run with its verdict and what came before them.
    let cut = log.index(log.runs.last().expect("a run"), "run/1");
    log.db.behind_our_back(&format!(
            "delete from dot.audit_checkpoint where size > {cut};
             delete from dot.dot_command_run where run_id in (select run_id from dot.audit_leaf where leaf_index >= {cut});
             delete from dot.audit_leaf where leaf_index >= {cut}"
        ),
    );
    let verdict = log.verify(&["--checkpoint", &kept]);
    let tail = verdict.finding("tail_missing");
    assert_eq!((tail["first_index"].as_u64(), tail["cases"][0]["signed"].as_u64()), (Some(cut), Some(size)));
    verdict.finding("checkpoint_missing");
    assert_eq!(verdict.0["first_bad_index"].as_u64(), Some(cut));
    let refused = log.seal().exits(6);
    assert!(refused.stderr.contains("rewritten, cut or restored"), "{}", refused.stderr);
    // Also not once the log has grown past where it was.
    for value in ["closed", "open", "closed", "open", "closed", "open", "closed", "open"] {
        log.db.dot(&["gate", "set", "test.clock", value]).exits(0);
    }
    log.seal().exits(6);
}

#[test]
fn a_restored_backup_is_named() {
    let mut log = Log::new();
    let (name, server) = (log.db.name.clone(), log.db.options().database("dot"));
    let admin = |sql: &str| {
        wait(async {
            let mut admin = server.connect().await.expect("a connection");
            sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
                .execute(&mut admin)
                .await
                .unwrap_or_else(|e| panic!("{sql}: {e}"));
        });
    };
    let then = log.size();
    admin(&format!("create database {name}_backup template {name}"));
    log.change("closed");
    log.seal().exits(0);
    let kept = log.keep();
    admin(&format!("drop database {name} with (force)"));
    admin(&format!("alter database {name}_backup rename to {name}"));
    let verdict = log.verify(&["--checkpoint", &kept]);
    assert_eq!(verdict.names(), ["tail_missing", "checkpoint_missing"], "{}", verdict.0);
    assert_eq!(verdict.0["first_bad_index"].as_u64(), Some(then));
    // Life goes on, and the log is as long again; but it is another one.
    log.change("closed");
    log.change("open");
    log.db.dot(&["audit", "seal"]).exits(6);
}

#[test]
fn a_rewritten_log_is_named() {
    let log = Log::new();
    let kept = log.keep();
    let export = log.db.home().join("export.jsonl").display().to_string();
    log.db.dot(&["audit", "export", &export]).exits(0);
    let run = &log.runs[1];
    let index = log.index(run, "run/1");
    let bounds = |at: u64| {
        let sizes: Vec<u64> = (1..=4)
            .map(|id| {
                log.db
                    .one(&format!("select size from dot.audit_checkpoint where checkpoint_id = {id}"))
                    .parse()
                    .expect("a size")
            })
            .collect();
        (sizes.iter().copied().filter(|size| *size <= at).max(), sizes.iter().copied().find(|size| *size > at))
    };
    let (from, below) = bounds(index);
    // A change that leaves the log in agreement with itself, and only what is signed against it.
    log.db.behind_our_back(&format!(
            "update dot.dot_command_run set args = '{{\"gate\": \"test.clock\", \"value\": \"maybe\"}}' where run_id = '{run}'; {REWRITE}"
        ),
    );
    let verdict = log.verify(&["--checkpoint", &kept]);
    assert_eq!(verdict.names(), ["root_differs"], "{}", verdict.0);
    let differs = verdict.finding("root_differs");
    assert_eq!((differs["first_index"].as_u64(), differs["below"].as_u64()), (from, below));
    // With an earlier export the place is known to the leaf.
    let verdict = log.verify(&["--checkpoint", &kept, "--export", &export]);
    assert_eq!(verdict.finding("leaf_rewritten")["first_index"].as_u64(), Some(index));
    assert_eq!(verdict.0["first_bad_index"].as_u64(), Some(index));
    // What is sealed next is signed over what was there at first, so it heals nothing.
    log.seal().exits(0);
    assert_eq!(log.verify(&[]).finding("root_differs")["first_index"].as_u64(), from);
}

#[test]
fn a_log_that_was_replaced_as_a_whole_is_named() {
    let log = Log::new();
    let kept = log.keep();
    log.db.behind_our_back(
        "update dot.dot_command_run set actor = 'nobody'; delete from dot.audit_leaf; delete from dot.audit_checkpoint",
    );
    // The attacker seals it anew, under the same name.
    let name = fs::read_to_string(log.public()).expect("a key").split('+').next().expect("a name").to_owned();
    let key = log.db.home().join("attacker.key").display().to_string();
    log.db.dot(&["audit", "keygen", &key, "--name", &name]).exits(0);
    log.db.dot(&["audit", "seal", "--key", &key]).exits(0);
    let verdict = log.verify(&["--checkpoint", &kept]);
    assert_eq!(verdict.0["first_bad_index"], 0, "{}", verdict.0);
    for finding in ["checkpoint_unsigned", "checkpoint_missing", "root_differs"] {
        verdict.finding(finding);
    }
    // And the key that sealed it first does not sign it.
    log.seal().exits(6);
    // One who only has the checkpoint, and not the key, sees it as well.
    fs::remove_file(log.public()).expect("the key");
    fs::remove_file(log.file("checkpoint")).expect("the checkpoint");
    assert_eq!(log.verify(&[]).names(), [""; 0], "with nothing from outside there is nothing to see");
    log.verify(&["--checkpoint", &kept]).finding("root_differs");
}

#[test]
fn governed_objects_edited_out_of_band_are_named() {
    let log = Log::new();
    log.db.dot(&["catalog", "sync"]).exits(0);
    assert_eq!(log.verify(&[]).names(), [""; 0]);
    for (sql, finding, object) in [
        ("update dot.dot_config set value = 'false' where config_key = 'test.clock'", "setting_edited", "test.clock"),
        (
            "delete from dot.dot_config_history where history_id = (select max(history_id) from dot.dot_config_history);
             update dot.dot_config set value = 'false' where config_key = 'test.clock'",
            "setting_history_edited",
            "test.clock",
        ),
        ("update dot.dot_config set value = 'true' where config_key = 'identity.accept_claims'", "entry_edited", "settings identity.accept_claims"),
        ("update dot.dot_error set exit_code = 0 where code = 'DT428'", "catalogue_edited", "catalogue"),
        ("update dot.dot_command_catalog set roles = '{dot_agent}' where command_code = 'gate set'", "catalogue_edited", "gate set"),
        ("update dot.approval_policy set factors = '[]', level = 'advisory' where policy_code <> 'policy_change'", "entry_edited", "policies critical 1"),
        (
            "create or replace function dot.fn_gate_open(p_gate text) returns boolean language sql stable security definer
               set search_path = dot, pg_temp as 'select true'",
            "schema_edited",
            "function dot.fn_gate_open(text)",
        ),
        ("create rule swallow as on insert to dot.audit_pending do instead nothing", "schema_edited", "rule dot.audit_pending.swallow"),
        ("create publication wide for table dot.dot_config", "schema_edited", "publication wide"),
        ("alter default privileges for role dot_owner in schema dot grant insert on tables to public", "schema_edited", "default privileges r in dot of dot_owner"),
        (
            "do $$ begin execute format('alter database %I set dot.actor = %L', current_database(), 'x'); end $$",
            "schema_edited",
            "settings everyone in this database",
        ),
        (
            "create function public.way_around() returns void language sql security definer as 'delete from dot.dot_config'",
            "schema_edited",
            "function elsewhere public.way_around()",
        ),
        (
            "create function public.watches() returns event_trigger language plpgsql as 'begin end';
             create event trigger watches on ddl_command_end execute function public.watches()",
            "schema_edited",
            "event trigger watches",
        ),
        (
            "insert into dot.break_glass (break_glass_id, actor_id, login, reason, commands, opened_at, expires_at)
             values ('00000000-0000-0000-0000-000000000001', 'x', 'x', 'x', '{gate set}', now(), now() + interval '1 hour')",
            "row_edited",
            "break_glass 00000000-0000-0000-0000-000000000001",
        ),
        ("update dot.dot_function_source set source = source || ' ' where function_name = 'fn_gate_open'", "row_edited", "dot_function_source fn_gate_open"),
        ("update dot.dot_schema_snapshot set objects = '{\"x\": \"y\"}' where snapshot_id = (select min(snapshot_id) from dot.dot_schema_snapshot)", "row_edited", "dot_schema_snapshot "),
        (
            "create or replace function dot_compiled.emit_notifies() returns boolean language sql immutable as 'select false'",
            "compiled_edited",
            "dot_compiled.emit_notifies()",
        ),
        ("alter table dot.dot_config disable trigger all; grant update on dot.dot_config to dot_agent", "schema_edited", "grants table dot.dot_config"),
    ] {
        let log = Log::new();
        log.db.dot(&["catalog", "sync"]).exits(0);
        log.db.behind_our_back(sql);
        let verdict = log.verify(&[]);
        let cases = verdict.finding(finding)["cases"].as_array().expect("cases").clone();
        assert!(cases.iter().any(|case| case["object"].as_str().is_some_and(|named| named.starts_with(object))), "{sql}: {}", verdict.0);
    }
}

#[test]
fn a_late_commit_is_sealed_and_no_writer_waits() {
    let log = Log::new();
    let runtime = runtime();
    // One that was at work when the sealer looked, and commits only afterwards.
    let mut late = runtime.block_on(async {
        let mut late = log.db.connect().await;
        sqlx::raw_sql("begin; select dot.fn_gate_set('test.clock', 'closed')").execute(&mut late).await.expect("a run");
        late
    });
    log.seal().exits(0);
    assert_eq!(unsealed(&log), 1, "its own run waits, the late one is not seen yet");
    runtime.block_on(async {
        let (mut sealer, mut writer) = (log.db.connect().await, log.db.connect().await);
        sqlx::raw_sql("commit").execute(&mut late).await.expect("a commit");
        // A sealer in the middle of its work holds up no one.
        sqlx::raw_sql("begin; select dot.fn_audit_seal()").execute(&mut sealer).await.expect("a seal");
        let work = "set lock_timeout = '1s'; select dot.fn_gate_set('test.clock', 'open')";
        sqlx::raw_sql(work).execute(&mut writer).await.expect("a writer does not wait");
        // And is itself alone: another one waits for it.
        let other = "set lock_timeout = '100ms'; select dot.fn_audit_seal()";
        let error = sqlx::raw_sql(other).execute(&mut late).await.expect_err("one sealer at a time");
        assert_eq!(error.as_database_error().and_then(|e| e.code()).as_deref(), Some("55P03"), "{error}");
        sqlx::raw_sql("rollback").execute(&mut sealer).await.expect("a rollback");
    });
    log.seal().exits(0);
    assert_eq!(unsealed(&log), 1, "its own run only");
    assert_eq!(log.verify(&[]).names(), [""; 0]);
}

/// Finished runs without a leaf, but for reads.
fn unsealed(log: &Log) -> u64 {
    let count = "select count(*) from dot.dot_command_run r where r.state <> 'started' and r.mode <> 'read'
        and not exists (select 1 from dot.audit_leaf l where l.run_id = r.run_id)";
    log.db.one(count).parse().expect("a number")
}

#[test]
fn a_worker_seals_and_only_the_key_signs() {
    let log = Log::new();
    let changed = log.db.json(&["gate", "set", "test.clock", "closed"])["run_id"].as_str().expect("a run").to_owned();
    let signed = log.size();
    log.db.dot(&["gate", "set", "queue.worker.enabled", "open"]).exits(0);
    log.db.dot(&["worker", "run", "--until-idle", "--yes"]).exits(0);
    assert!(log.index(&changed, "run/1") >= signed, "its leaf is new");
    assert_eq!(log.verify(&[]).names(), [""; 0], "what is not signed yet may be so for a while");
    let status = log.db.json(&["audit", "status"])["data"].clone();
    assert_eq!(status["unsigned"].as_u64(), Some(log.size() - signed), "{status}");
    log.db.dot(&["gate", "set", "audit.seal_within_minutes", "0"]).exits(0);
    assert_eq!(log.verify(&[]).finding("unsigned")["cases"][0]["from"].as_u64(), Some(signed));
    let leaf = log.index(&changed, "run/1");
    log.db.behind_our_back(&format!("update dot.dot_command_run set reason = 'another' where run_id = '{changed}'"));
    assert_eq!(
        log.verify(&[]).finding("run_changed")["first_index"].as_u64(),
        Some(leaf),
        "what a worker sealed is sealed"
    );
    log.db.behind_our_back(&format!("update dot.dot_command_run set reason = null where run_id = '{changed}'"));
    log.db.dot(&["gate", "set", "audit.seal_within_minutes", "1440"]).exits(0);
    let sealed = log.db.json(&["audit", "seal"]);
    assert_eq!(sealed["data"]["signed"].as_u64(), Some(log.size() - signed), "{sealed}");
    assert_eq!(log.verify(&["--checkpoint", &log.keep()]).names(), [""; 0]);
}

#[test]
fn decisions_taken_back_are_no_finding_and_entries_moved_by_hand_are_one() {
    let log = Log::new();
    let rita = ["--actor", "rita", "--actor-kind", "human"];
    let set = ["gate", "set", "test.clock", "closed", "--propose", "--reason", "a test", "--json"];
    let proposed = log.db.dot(&set).exits(0).json();
    let proposal = proposed["data"]["proposal"].as_str().expect("a proposal");
    log.db.dot(&[&["proposal", "approve", proposal, "--rationale", "read"], &rita[..]].concat()).exits(0);
    log.db.dot(&[&["proposal", "revoke", proposal, "--rationale", "on second thoughts"], &rita[..]].concat()).exits(0);
    log.db.dot(&["registry", "deprecate", "tags", "policy", "--why", "a test"]).exits(0);
    // What the database writes in another way than it was proposed is no edit.
    let entry = r#"{"facet": "domain", "title": "Fees", "summary": "x", "registered_at": "2026-01-01"}"#;
    let proposed =
        log.db.json(&["registry", "propose", "tags", "fees", "--entry", entry, "--owner", "a", "--purpose", "b"]);
    let proposal = proposed["data"]["proposal"].as_str().expect("a proposal");
    log.db.dot(&[&["proposal", "approve", proposal, "--rationale", "read"], &rita[..]].concat()).exits(0);
    log.db.dot(&["registry", "register", proposal, "--yes"]).exits(0);
    assert_eq!(log.verify(&[]).names(), [""; 0]);
    log.db.sql("update dot.registry_birth set lifecycle = 'active' where entry_key = 'policy'; update dot.registry_birth set lifecycle = 'archived' where entry_key = 'definition'");
    let verdict = log.verify(&[]);
    assert_eq!(verdict.finding("entry_edited")["count"].as_u64(), Some(2), "{}", verdict.0);
}

#[test]
fn a_run_hidden_from_the_sealer_is_found_and_can_be_sealed() {
    let mut log = Log::new();
    log.change("closed");
    let hidden = log.runs[3].clone();
    log.db.sql(&format!("delete from dot.audit_pending where run_id = '{hidden}'"));
    log.seal().exits(0);
    let within = |minutes: &str| log.db.dot(&["gate", "set", "audit.seal_within_minutes", minutes]).exits(0);
    let found = |log: &Log| {
        within("0");
        let verdict = log.verify(&[]);
        within("1440");
        verdict.finding("unsealed")["cases"][0]["run_ids"].as_array().expect("runs").contains(&hidden.as_str().into())
    };
    assert!(found(&log));
    log.db.dot(&["audit", "seal", "--all"]).exits(0);
    assert!(!found(&log));
}

/// A rule that keeps runs from the sealer makes them fail; a run that was deleted before it was sealed leaves its number.
#[test]
fn a_run_that_never_reached_the_log_is_missed() {
    let mut log = Log::new();
    for table in ["audit_pending", "dot_command_run_number", "dot_command_run_ending"] {
        log.db.sql(&format!("create rule swallow as on insert to dot.{table} do instead nothing"));
        log.db.dot(&["gate", "set", "test.clock", "closed", "--yes"]).exits(1);
        log.db.sql(&format!("drop rule swallow on dot.{table}"));
    }
    log.change("closed");
    let run = log.runs.last().expect("a run").clone();
    log.db.behind_our_back(&format!(
        "delete from dot.audit_pending where run_id = '{run}';
         delete from dot.dot_command_run_number where run_id = '{run}';
         delete from dot.dot_command_run where run_id = '{run}'"
    ));
    log.db.dot(&["audit", "seal", "--all"]).exits(0);
    let verdict = log.verify(&[]);
    // That it was committed, nobody can tell from outside: it is shown with what else would explain it.
    let told = &verdict.0["lost_numbers"];
    assert_eq!((told[0]["because"].as_str(), told[1].is_null()), (Some("not committed"), true), "{told}");
    assert!(log.db.dot(&["audit", "verify"]).stdout.contains("runs were deleted"));
}

/// What a crash loses is no deleted run, however many there were between two seals; nor is what a cancelled commit drew.
#[test]
fn a_crash_loses_no_run() {
    let log = Log::new();
    log.db.sql("select nextval('dot.dot_command_run_number_seq') from generate_series(1, 500)");
    // As crash recovery leaves an unlogged table.
    log.db.sql("truncate dot.audit_number_calm");
    log.seal().exits(0);
    log.seal().exits(0);
    log.db.sql("select nextval('dot.dot_command_run_number_seq')");
    log.seal().exits(0);
    log.seal().exits(0);
    let verdict = log.verify(&[]);
    assert_eq!(verdict.names(), [""; 0]);
    let because = verdict.0["lost_numbers"].as_array().expect("numbers").iter().map(|lost| lost["because"].as_str());
    assert_eq!(because.collect::<Vec<_>>(), [Some("crash"), Some("not committed")]);
}

#[test]
fn what_is_stored_must_be_the_log() {
    let log = Log::new();
    let note = fs::read_to_string(log.file("checkpoint")).expect("a checkpoint");
    let size = log.size();
    wait(async {
        let mut connection = log.db.connect().await;
        let mut store = async |note: &str| -> Value {
            let sql = AssertSqlSafe(format!("select dot.fn_audit_checkpoint($note${note}$note$)::text"));
            let stored: Result<String, sqlx::Error> = sqlx::query_scalar(sql).fetch_one(&mut connection).await;
            match stored {
                Ok(text) => serde_json::from_str(&text).expect("JSON"),
                Err(error) => error.as_database_error().and_then(|e| e.code()).unwrap_or_default().into(),
            }
        };
        let lines: Vec<&str> = note.lines().collect();
        let with = |n: usize, line: &str| {
            let mut lines = lines.clone();
            lines[n] = line;
            lines.join("\n") + "\n"
        };
        assert_eq!(store(&note).await["size"].as_u64(), Some(size), "the same statement may be made again");
        assert_eq!(store("no checkpoint").await, "DT400");
        assert_eq!(store(&with(1, "3")).await["reason"], "other_size");
        assert_eq!(store(&with(2, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")).await["reason"], "other_root");
        assert_eq!(store(&note.replace(lines[0], "another.example/log")).await["reason"], "other_origin");
    });
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

#[test]
fn a_replaced_key_carries_the_log_on() {
    let log = Log::new();
    let name = fs::read_to_string(log.public()).expect("a key").split('+').next().expect("a name").to_owned();
    let next = log.db.home().join("next.key").display().to_string();
    log.db.dot(&["audit", "keygen", &next]).exits(0);
    log.db.dot(&["audit", "seal", "--key", &next]).exits(6);
    let next = log.db.home().join("second.key").display().to_string();
    log.db.dot(&["audit", "keygen", &next, "--name", &name]).exits(0);
    log.db.dot(&["audit", "seal", "--key", &next]).exits(0);
    let second = next.replace(".key", ".pub");
    log.verify(&["--key", &second]).finding("checkpoint_unsigned");
    let verdict = log.verify(&["--key", &second, "--key", &log.public()]);
    assert_eq!(verdict.names(), [""; 0], "{}", verdict.0);
}
