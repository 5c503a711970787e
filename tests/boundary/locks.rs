//! A reader cannot stop the house: what only one may be at is held by rows that nobody else can lock.

use std::path::Path;

use sqlx::AssertSqlSafe;

use super::login::Login;
use crate::common::{Db, wait};

#[test]
fn no_lock_has_a_name_that_anyone_can_take() {
    let of = |folder: &str| walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let takes = |text: String| text.contains("pg_advisory_lock(") || text.contains("advisory_xact_lock(");
    let found: Vec<String> = (of("migrations/functions").into_iter().chain(of("src")))
        .filter_map(Result::ok)
        // A database that is no platform yet has no rows to lock.
        .filter(|file| !file.path().ends_with("migrate/apply.rs"))
        .filter(|file| std::fs::read_to_string(file.path()).is_ok_and(takes))
        .map(|file| file.path().file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    assert_eq!(found, [""; 0], "use fn_lock_take or fn_lock_try");
}

/// Two transactions exclude each other; a reader who holds every advisory lock that had a name excludes nobody.
#[test]
fn who_holds_the_names_holds_nobody_up() {
    let db = Db::new();
    let reader = Login::new(&db, "reader", "dot_reader");
    wait(async {
        let mut hostile = reader.connect().await;
        let names = "select pg_advisory_lock(hashtextextended(n, 0)), pg_advisory_lock(hashtext(n))
            from unnest(array['dot.audit_seal', 'dot.delegation', 'dot.job.housekeeping', 'dot.event_validators', 'audit seal', 'delegation',
              'dot budget dot', 'dot budget tester', 'budget dot', 'budget tester', 'job housekeeping', 'event validators']) n";
        sqlx::raw_sql(AssertSqlSafe(names.to_owned())).execute(&mut hostile).await.expect("anyone may");
        let (mut one, mut two) = (db.connect().await, db.connect().await);
        let run = async |connection: &mut sqlx::postgres::PgConnection, sql: &str| -> String {
            let sql = AssertSqlSafe(format!("set lock_timeout = '5s'; {sql}"));
            sqlx::raw_sql(sql).execute(connection).await.err().map_or("done".to_owned(), |error| error.to_string())
        };
        // The program's own: of migrations.
        let number = "select pg_advisory_lock(x'646f745f6d696772'::bigint)";
        sqlx::raw_sql(number).execute(&mut hostile).await.expect("anyone may");
        for command in [["migrate", "apply"].as_slice(), &["migrate", "plan"]] {
            db.dot(&[command, &["--timeout", "10s"]].concat()).exits(0);
        }
        for call in ["select dot.fn_job_housekeeping()", "select dot.fn_audit_append(true, 10)"] {
            assert_eq!(run(&mut one, call).await, "done", "{call}");
        }
        let skipped: Option<String> = sqlx::query_scalar("select dot.fn_job_housekeeping() ->> 'skipped'")
            .fetch_one(&mut one)
            .await
            .expect("housekeeping");
        assert_eq!(skipped, None);
        assert_eq!(run(&mut one, "begin; select dot.fn_lock_take('delegation')").await, "done");
        let waited = run(&mut two, "set lock_timeout = '100ms'; select dot.fn_lock_take('delegation')").await;
        assert!(waited.contains("lock timeout"), "{waited}");
        let free: bool =
            sqlx::query_scalar("select dot.fn_lock_try('delegation')").fetch_one(&mut two).await.expect("it");
        assert!(!free);
        assert_eq!(run(&mut one, "commit").await, "done");
        let free: bool =
            sqlx::query_scalar("select dot.fn_lock_try('delegation')").fetch_one(&mut two).await.expect("it");
        assert!(free);
    });
}

/// Names of many proposals share a lock: whoever leaves a transaction open at it keeps nobody from proposing.
#[test]
fn a_proposal_left_open_keeps_nobody_from_proposing() {
    let db = Db::new();
    wait(async {
        let mut held = db.connect().await;
        let all = "begin; select 1 from dot.dot_lock where lock_kind = 'proposal' for update";
        sqlx::raw_sql(all).execute(&mut held).await.expect("every lock");
        let said = db.json(&["gate", "set", "iu.search.inline_bytes", "2048", "--propose", "--reason", "x"]);
        assert!(said["data"]["proposal"].is_string(), "{said}");
    });
}

/// A reader who leaves a delegation of theirs open holds up those two alone, and nobody waits.
#[test]
fn a_delegation_left_open_holds_nobody_up() {
    assert!((0..10).any(|_| is_held_up_by_nobody(&Db::new())), "names that share no lock");
}

/// False where two of the names share one of the rows that are locked for them (fn_lock_slot), and so wait for each other; the
/// names are those of the database, so another one has others.
fn is_held_up_by_nobody(db: &Db) -> bool {
    let roles = ["dot_reviewer", "dot_reviewer", "dot_reader"];
    let logins: Vec<Login> =
        ["one", "two", "three"].iter().zip(roles).map(|(name, role)| Login::new(db, name, role)).collect();
    let [one, two, three] = [&logins[0].name, &logins[1].name, &logins[2].name];
    let slots = format!(
        "select count(distinct dot.fn_lock_slot(n)) from unnest('{{{one},{two},{three},someone-else}}'::text[]) n"
    );
    if db.one(&slots) != "4" {
        return false;
    }
    for (login, role) in logins.iter().zip(roles) {
        let add = ["actor", "add", &login.name, "--kind", "human", "--role", role, "--login", &login.name, "--yes"];
        db.dot(&add).exits(0);
    }
    wait(async {
        let (mut hostile, mut other) = (logins[0].connect().await, logins[1].connect().await);
        let grant = |delegate: &str| {
            let sql = format!(
                "set lock_timeout = '100ms'; select dot.fn_delegation_grant('{delegate}', now() + interval '1 hour', 'x') ->> 'reason'"
            );
            AssertSqlSafe(sql)
        };
        sqlx::raw_sql(AssertSqlSafe(format!(
            "begin; select dot.fn_delegation_grant('{}', now() + interval '1 hour', 'x')",
            logins[2].name
        )))
        .execute(&mut hostile)
        .await
        .expect("a delegation");
        let answer = async |connection: &mut sqlx::postgres::PgConnection, delegate: &str| -> Option<String> {
            let row = sqlx::raw_sql(grant(delegate)).fetch_one(connection).await.expect("an answer, and no wait");
            sqlx::Row::get(&row, 0)
        };
        assert_eq!(answer(&mut other, &logins[2].name).await.as_deref(), Some("delegation_going_on"));
        assert_eq!(answer(&mut other, "someone-else").await, None);
    });
    true
}

/// Who may not decide on a proposal, withdraw it or review an emergency does not lock its row by trying.
#[test]
fn rights_come_before_locks() {
    let db = Db::new();
    let proposal = db.json(&["gate", "set", "iu.search.inline_bytes", "2048", "--propose", "--reason", "x"]);
    let proposal = proposal["data"]["proposal"].as_str().expect("a proposal").to_owned();
    let reader = Login::new(&db, "o", "dot_operator");
    wait(async {
        let mut hostile = reader.connect().await;
        for call in [
            format!("select dot.fn_proposal_approve('{proposal}', 'x')"),
            format!("select dot.fn_proposal_reject('{proposal}', 'x')"),
            format!("select dot.fn_proposal_withdraw('{proposal}')"),
        ] {
            sqlx::raw_sql(AssertSqlSafe(format!("begin; {call}")))
                .execute(&mut hostile)
                .await
                .expect("a refusal is data");
            let held = format!("select 1 from dot.proposal where proposal_id = '{proposal}' for update nowait");
            let mut owner = db.connect().await;
            sqlx::raw_sql(AssertSqlSafe(held))
                .execute(&mut owner)
                .await
                .unwrap_or_else(|error| panic!("{call}: {error}"));
            sqlx::raw_sql("rollback").execute(&mut hostile).await.expect("a rollback");
        }
    });
}

/// Who holds every name that keyed jobs had, and asks for the rows that stand for them, delays none of them.
#[test]
fn a_keyed_job_is_held_up_by_no_outsider() {
    let db = Db::new();
    let reader = Login::new(&db, "reader", "dot_reader");
    db.sql("update dot.dot_config set value = 'true' where config_key in ('queue.job_substrate.enabled', 'queue.worker.enabled')");
    wait(async {
        let mut hostile = reader.connect().await;
        let names = "select pg_advisory_lock(hashtextextended(n, 0)), pg_advisory_lock(hashtext(n))
            from (select format(f, k) as n from unnest(array['dot.job.k%s', 'job k%s', 'job.k%s', 'k%s']) f, generate_series(1, 50) k) x";
        sqlx::raw_sql(names).execute(&mut hostile).await.expect("anyone may");
        let rows = sqlx::raw_sql("begin; select from dot.job_key_lock for update").execute(&mut hostile).await;
        let refused = rows.expect_err("nobody else's").to_string();
        assert!(refused.contains("permission denied"), "{refused}");
        let mut worker = db.connect().await;
        let enqueue = "select dot.fn_job_enqueue('system.noop_leased', p_concurrency_key => 'k' || k) from generate_series(1, 50) k";
        sqlx::raw_sql(enqueue).execute(&mut worker).await.expect("jobs");
        let claimed: i64 = sqlx::query_scalar(
            "with worker as materialized (select (dot.fn_worker_start(array['render']) ->> 'worker')::uuid as id)
             select count(*) from worker w cross join lateral dot.fn_job_claim(w.id, array['render'], 50)",
        )
        .fetch_one(&mut worker)
        .await
        .expect("a claim");
        assert_eq!(claimed, 50);
    });
}

/// Whoever locks a table that every command looks at keeps no caller for as long as they like: `--lock-timeout` bounds the wait of
/// a change and of a read, and two seconds that for the audit row of a read.
#[test]
fn who_waits_for_a_table_gives_up_in_time() {
    let db = Db::new();
    wait(async {
        let mut holder = db.connect().await;
        for (table, command) in [
            ("dot_config", ["gate", "list"].as_slice()),
            ("dot_config", &["gate", "set", "test.clock", "low", "--reason", "a test", "--yes"]),
            ("dot_command_run", &["gate", "set", "test.clock", "low", "--reason", "a test", "--yes"]),
        ] {
            let lock = format!("begin; lock table dot.{table} in access exclusive mode");
            sqlx::raw_sql(AssertSqlSafe(lock)).execute(&mut holder).await.expect("the lock");
            let began = std::time::Instant::now();
            let ran = db.dot(&[command, &["--lock-timeout", "200ms", "--json"]].concat()).exits(10);
            assert_eq!(ran.json()["error"]["sqlstate"], "55P03", "{table} {command:?}");
            assert!(began.elapsed().as_secs() < 10, "{table} {command:?}: {:?}", began.elapsed());
            sqlx::raw_sql("rollback").execute(&mut holder).await.expect("no lock any more");
        }
    });
}
