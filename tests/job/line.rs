//! A database whose gates of jobs are open, and what tests do with jobs.

use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use sqlx::ConnectOptions;
use sqlx::Row;
use sqlx::postgres::PgConnection;

use crate::common::{Db, pooler};

pub struct Line {
    pub db: Db,
}

/// A worker of the login that tests have, as an SQL literal.
pub const WORKER: &str = "'01930c5e-0000-7000-8000-00000000000a'";

impl Line {
    pub fn new() -> Line {
        let db = Db::new();
        db.sql(&format!(
            "update dot.dot_config set value = 'true'
              where config_key in ('queue.job_substrate.enabled', 'queue.worker.enabled', 'queue.lease_reaper.enabled');
             create table public.effect (job bigint not null, at timestamptz not null default clock_timestamp());
             grant all on public.effect to dot_owner;
             create role {} login in role dot_worker;
             insert into dot.queue_heartbeat (worker_id, worker, host, pid, version, queues, classes, state, started_at, seen_at)
             values ({WORKER}, 'a test', '', 0, '', '{{}}', '{{render,sql}}', 'active', now(), 'infinity')",
            login(&db)
        ));
        Line { db }
    }

    /// A kind of job; `more` are further columns, `key_limit = 2, …`.
    pub fn kind(&self, kind: &str, class: &str, target: &Value, more: &str) {
        let target = dot::database::literal::quote(&target.to_string());
        self.db.sql(&format!(
            "select set_config('dot.birth', '{{\"source\": \"command\"}}', false);
             insert into dot.job_kind_registry (job_kind, executor_class, target, queue_code, retry_policy, summary)
             values ('{kind}', '{class}', {target}, 'default', 'standard', 'a test');
             {}",
            if more.is_empty() {
                String::new()
            } else {
                format!("update dot.job_kind_registry set {more} where job_kind = '{kind}'")
            }
        ));
    }

    pub async fn connect(&self) -> Session {
        Session(pooler::options(&self.db).disable_statement_logging().connect().await.expect("a connection"))
    }

    pub fn command(&self, args: &[&str]) -> std::process::Command {
        self.db.command(args)
    }

    /// `dot worker run` as a login that has the role of workers and nothing else; as the owner's where jobs are commands, which
    /// need the rights of each, and behind a pooler, which logs in as one.
    pub fn work(&self, args: &[&str]) -> std::process::Command {
        let mut command = self.command(&["worker", "run", "--yes", "--json"]);
        if pooler::address(&self.db).is_none() && !args.contains(&"dot") {
            command.env("DATABASE_URL", self.db.url_of(&login(&self.db), ""));
        }
        command.args(args);
        command
    }

    pub fn worker(&self, args: &[&str]) -> std::process::Child {
        let mut command = self.work(args);
        command.arg("--quiet").stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        command.spawn().expect("a worker")
    }
}

/// Roles are the whole server's, which other tests look at.
impl Drop for Line {
    fn drop(&mut self) {
        let name = login(&self.db);
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            self.db.sql(&format!("drop role if exists {name}"));
        }));
    }
}

fn login(db: &Db) -> String {
    format!("worker_{}", db.name)
}

/// One connection, with statements that a pooler in transaction mode can carry.
pub struct Session(pub PgConnection);

impl Session {
    pub async fn run(&mut self, sql: &str) {
        self.attempt(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    pub async fn attempt(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.0).await.map(|_| ())
    }

    /// Each row as JSON.
    pub async fn rows(&mut self, sql: &str) -> Vec<Value> {
        self.attempt_rows(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    pub async fn attempt_rows(&mut self, sql: &str) -> Result<Vec<Value>, sqlx::Error> {
        // A statement of its own, not a subquery: what it locks and changes must not depend on how its rows are wrapped.
        let rows = sqlx::raw_sql(AssertSqlSafe(format!("select to_jsonb(x)::text from {sql} x")))
            .fetch_all(&mut self.0)
            .await?;
        rows.iter().map(|row| Ok(serde_json::from_str(&row.try_get::<String, _>(0)?).expect("JSON"))).collect()
    }

    /// The one value of a query.
    pub async fn one(&mut self, sql: &str) -> Value {
        let row = sqlx::raw_sql(AssertSqlSafe(format!("select to_jsonb(({sql}))::text")))
            .fetch_one(&mut self.0)
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        let text: Option<String> = row.try_get(0).expect("text");
        text.map_or(Value::Null, |text| serde_json::from_str(&text).expect("JSON"))
    }

    /// Enqueues one leased job; `more` are further named arguments.
    pub async fn enqueue(&mut self, more: &str) -> i64 {
        let comma = if more.is_empty() { "" } else { ", " };
        let answer = self.one(&format!("select dot.fn_job_enqueue('system.noop_leased'{comma}{more})")).await;
        answer["job"].as_i64().unwrap_or_else(|| panic!("no job: {answer}"))
    }

    /// Claims for a worker; gives (job, token).
    pub async fn claim(&mut self, limit: usize) -> Vec<(i64, i64)> {
        self.claim_with(&format!("{WORKER}, array['render'], {limit}")).await
    }

    pub async fn claim_with(&mut self, args: &str) -> Vec<(i64, i64)> {
        let rows = self.rows(&format!("dot.fn_job_claim({args})")).await;
        rows.iter().map(|row| (row["job"].as_i64().expect("a job"), row["token"].as_i64().expect("a token"))).collect()
    }

    /// Calls a function that takes jobs and tokens; gives the verdicts.
    pub async fn say(&mut self, function: &str, jobs: &[(i64, i64)]) -> Vec<String> {
        let verdicts = self.one(&call(function, jobs)).await;
        verdicts.as_array().expect("verdicts").iter().map(|word| word.as_str().expect("a word").to_owned()).collect()
    }

    pub async fn complete(&mut self, jobs: &[(i64, i64)]) -> Vec<String> {
        self.say("fn_job_complete", jobs).await
    }

    /// Makes the leases of these jobs expire now.
    pub async fn expire(&mut self, jobs: &[(i64, i64)]) {
        let ids: Vec<String> = jobs.iter().map(|(job, _)| job.to_string()).collect();
        self.run(&format!(
            "update dot.job_queue set deadline_at = now() - interval '1 second' where job_id in ({})",
            ids.join(",")
        ))
        .await;
    }

    pub async fn reap(&mut self) -> Value {
        self.one("select dot.fn_job_lease_reaper()").await
    }

    pub async fn state(&mut self, job: i64) -> String {
        let known = self.one(&format!("select dot.fn_job_one({job})")).await;
        known["state"].as_str().unwrap_or("unknown").to_owned()
    }
}

pub fn call(function: &str, jobs: &[(i64, i64)]) -> String {
    let list =
        |pick: fn(&(i64, i64)) -> i64| jobs.iter().map(|job| pick(job).to_string()).collect::<Vec<_>>().join(",");
    format!("select dot.{function}('{{{}}}', '{{{}}}')", list(|job| job.0), list(|job| job.1))
}

pub fn set_target(function: &str) -> Value {
    json!({ "function": function, "set": false })
}
