//! Thousands of jobs, four workers, kills of workers and of the server, clients that enqueue throughout: every acknowledged
//! job ends once, every effect happened once, and every event was seen once.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};

use crate::common::{Ran, bare, times, wait};

const BATCH: u64 = 100;

fn jobs() -> u64 {
    u64::from(times(20_000))
}

fn kills() -> u32 {
    times(6)
}

/// A server of its own, which can be killed.
struct Machine {
    root: tempfile::TempDir,
    url: String,
}

impl Machine {
    fn new() -> Machine {
        let root = crate::common::tempdir();
        std::fs::set_permissions(root.path(), std::fs::Permissions::from_mode(0o755)).expect("a mode");
        let mut machine = Machine { root, url: String::new() };
        let up = machine.dot(&["up", "--json"]).json();
        machine.url =
            format!("postgres://dot@localhost/dot?host={}", up["data"]["socket_dir"].as_str().expect("a socket"));
        machine
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = bare(args);
        command.env("HOME", self.root.path()).env("DOT_STATE_DIR", self.root.path().join("s"));
        command
    }

    fn dot(&self, args: &[&str]) -> Ran {
        Ran::of(self.command(args).output().expect("dot runs")).exits(0)
    }

    /// Kills the server with all its processes, and brings it up again.
    fn kill_server(&self) {
        // A server that is still coming up after the last kill has no process to kill yet.
        let pid = (0..50).find_map(|_| {
            self.dot(&["up", "--json"]);
            let status = self.dot(&["status", "--json"]).json();
            i32::try_from(status["data"]["pid"].as_i64()?).ok().and_then(Pid::from_raw)
        });
        kill_process(pid.expect("a server"), Signal::KILL).expect("a kill");
        self.dot(&["up", "--json"]);
    }

    async fn connect(&self) -> Option<PgConnection> {
        let options: PgConnectOptions = self.url.parse().expect("an address");
        options.disable_statement_logging().connect().await.ok()
    }

    async fn rows(&self, sql: &str) -> Vec<i64> {
        let mut connection = self.connect().await.expect("a connection");
        sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_all(&mut connection).await.expect("rows")
    }

    fn worker(&self, more: &[&str]) -> Child {
        let mut command = bare(&["worker", "run", "--yes", "--quiet", "--class", "sql,render", "--batch", "200"]);
        command.args(more).env("HOME", self.root.path()).env("DATABASE_URL", &self.url);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a worker")
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = self.command(&["down"]).output();
    }
}

/// Jobs by their numbers: those whose enqueue was acknowledged, and those of which nobody knows.
#[derive(Default)]
struct Sent {
    acknowledged: BTreeSet<u64>,
    in_doubt: BTreeSet<u64>,
}

/// Half of the jobs run in the database, half under a lease; each transaction also emits an event with its first number.
fn statement(from: u64) -> String {
    let kind = if (from / BATCH).is_multiple_of(2) { "test.counted" } else { "system.noop_leased" };
    format!(
        "begin;
         select cardinality(jobs) from dot.fn_job_enqueue_many('{kind}', array(select jsonb_build_object('n', n) from generate_series({from}, {}) n));
         select dot.fn_event_emit('system.batch.sent', jsonb_build_object('n', {from}));
         commit",
        from + BATCH - 1
    )
}

async fn produce(machine: Arc<Machine>, next: Arc<AtomicU64>, sent: Arc<Mutex<Sent>>) {
    let mut connection = None;
    loop {
        if connection.is_none() {
            connection = machine.connect().await;
        }
        let Some(open) = &mut connection else {
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let from = next.fetch_add(BATCH, Ordering::SeqCst);
        if from >= jobs() {
            return;
        }
        let done = sqlx::raw_sql(AssertSqlSafe(statement(from))).execute(&mut *open).await;
        let numbers = from..from + BATCH;
        if done.is_ok() {
            sent.lock().expect("a lock").acknowledged.extend(numbers);
        } else {
            sent.lock().expect("a lock").in_doubt.extend(numbers);
            connection = None;
        }
        // Spread over the whole time of the kills.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Reads the stream by cursor; what it saw is kept in the transaction that moves the cursor.
async fn consume(machine: Arc<Machine>, stop: Arc<AtomicBool>) {
    let mut connection = None;
    let mut quiet = 0;
    while quiet < 20 {
        if connection.is_none() {
            connection = machine.connect().await;
        }
        let Some(open) = &mut connection else {
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let read = "begin;
            create temp table if not exists got on commit delete rows as select * from dot.fn_event_read('chaos', 0) with no data;
            insert into got select * from dot.fn_event_read('chaos', 500);
            insert into public.seen select (payload ->> 'n')::bigint from got where event_id is not null;
            select dot.fn_event_ack('chaos', g.epoch, g.position) from got g where g.ctid = (select max(l.ctid) from got l);
            commit";
        if sqlx::raw_sql(read).execute(&mut *open).await.is_err() {
            connection = None;
        }
        if stop.load(Ordering::SeqCst) {
            quiet += 1;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// All kills, in turns that nobody foresees, two of three of a worker and one of three of the server.
fn wreak(machine: &Machine, next: &AtomicU64, workers: &mut [Child]) {
    for kill in 0..kills() {
        // As the jobs go by, so that the kills are spread over all of them.
        let until = Instant::now() + Duration::from_secs(20);
        while next.load(Ordering::SeqCst) < jobs() * u64::from(kill) / u64::from(kills()) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(Duration::from_millis(u64::from(uuid::Uuid::new_v4().as_bytes()[0])));
        if kill % 3 == 2 {
            machine.kill_server();
        } else {
            let chosen = usize::from(uuid::Uuid::new_v4().as_bytes()[1]) % workers.len();
            let _ = kill_process(Pid::from_child(&workers[chosen]), Signal::KILL);
            let _ = workers[chosen].wait();
            workers[chosen] = machine.worker(&[]);
        }
    }
}

#[test]
fn nothing_is_lost_or_done_twice() {
    if std::env::var_os("DOT_TEST_POOLER").is_some() {
        return;
    }
    let machine = Arc::new(Machine::new());
    for args in [&["migrate", "apply", "--yes"][..], &["catalog", "sync", "--yes"]] {
        machine.dot(args);
    }
    wait(async {
        let mut connection = machine.connect().await.expect("a connection");
        sqlx::raw_sql(
            "update dot.dot_config set value = 'true' where config_key in ('queue.job_substrate.enabled', 'queue.worker.enabled', 'queue.lease_reaper.enabled');
             create table public.effect (n bigint not null);
             create table public.seen (n bigint not null);
             create function dot.fn_test_counted(p_jobs bigint[], p_payloads jsonb[]) returns void language sql volatile set search_path = dot, pg_temp as
               $$ insert into public.effect select (p ->> 'n')::bigint from unnest(p_payloads) p $$;
             grant insert on public.effect to dot_owner;
             select set_config('dot.birth', '{\"source\": \"command\"}', false);
             insert into dot.job_kind_registry (job_kind, executor_class, target, queue_code, retry_policy, summary)
             values ('test.counted', 'sql', '{\"function\": \"fn_test_counted\", \"set\": true}', 'default', 'quick', 'a test');
             update dot.job_kind_registry set lease = '2 seconds', retry_policy = 'patient' where job_kind = 'system.noop_leased';
             update dot.failure_class_registry set retry_policy = 'quick', counts = false where failure_class = 'lease_expired'",
        )
        .execute(&mut connection)
        .await
        .expect("the stage");
    });
    let schema = machine.root.path().join("schema.json");
    std::fs::write(&schema, "{\"type\": \"object\", \"required\": [\"n\"]}").expect("a file");
    machine.dot(&[
        "event",
        "type",
        "register",
        "system.batch.sent",
        "1.0.0",
        &schema.display().to_string(),
        "--summary",
        "a test",
        "--yes",
    ]);
    machine.dot(&["subscription", "create", "chaos", "--type", "system.batch.sent", "--yes"]);

    let started = Instant::now();
    let (next, sent, stop) =
        (Arc::new(AtomicU64::new(0)), Arc::new(Mutex::new(Sent::default())), Arc::new(AtomicBool::new(false)));
    let clients = {
        let (machine, next, sent, stop) = (machine.clone(), next.clone(), sent.clone(), stop.clone());
        std::thread::spawn(move || {
            let clients = async {
                let reader = tokio::task::spawn_local(consume(machine.clone(), stop.clone()));
                let producers: Vec<_> = (0..4)
                    .map(|_| tokio::task::spawn_local(produce(machine.clone(), next.clone(), sent.clone())))
                    .collect();
                for producer in producers {
                    producer.await.expect("a producer");
                }
                stop.store(true, Ordering::SeqCst);
                reader.await.expect("the reader");
            };
            wait(tokio::task::LocalSet::new().run_until(clients));
        })
    };
    let mut workers: Vec<Child> = (0..4).map(|_| machine.worker(&[])).collect();
    wreak(&machine, &next, &mut workers);
    clients.join().expect("the clients");
    // What the dead held is rescued, by those who live.
    let until = Instant::now() + Duration::from_secs(120);
    while wait(machine.rows("select count(*) from dot.job_queue"))[0] > 0 {
        assert!(Instant::now() < until, "the jobs come to an end");
        std::thread::sleep(Duration::from_millis(200));
    }
    for worker in &mut workers {
        let _ = kill_process(Pid::from_child(worker), Signal::TERM);
        let _ = worker.wait();
    }

    let sent = sent.lock().expect("a lock");
    let numbers = |rows: Vec<i64>| -> Vec<u64> { rows.into_iter().map(i64::unsigned_abs).collect() };
    let (ended, effects, seen) = wait(async {
        (
            numbers(machine.rows("select (payload ->> 'n')::bigint from dot.job_history").await),
            numbers(machine.rows("select n from public.effect").await),
            numbers(machine.rows("select n from public.seen").await),
        )
    });
    let once = |what: &str, found: Vec<u64>, wanted: &dyn Fn(u64) -> bool| {
        let count = found.len();
        let set: BTreeSet<u64> = found.into_iter().collect();
        assert_eq!(set.len(), count, "{what}: none twice");
        let lost = sent.acknowledged.iter().filter(|n| wanted(**n) && !set.contains(n)).count();
        assert_eq!(lost, 0, "{what}: none lost");
        assert!(
            set.iter().all(|n| sent.acknowledged.contains(n) || sent.in_doubt.contains(n)),
            "{what}: none from nowhere"
        );
        count
    };
    let jobs = once("jobs that ended", ended, &|_| true);
    let effects = once("effects", effects, &|n| (n / BATCH).is_multiple_of(2));
    let events = once("events", seen, &|n| n % BATCH == 0);
    assert_eq!(
        wait(machine.rows("select count(*) from dot.job_history where outcome <> 's'"))[0],
        0,
        "none died of it"
    );
    println!(
        "{} acknowledged and {} in doubt of {}; {jobs} ended, {effects} effects, {events} events, {} kills in {:.0} s",
        sent.acknowledged.len(),
        sent.in_doubt.len(),
        self::jobs(),
        kills(),
        started.elapsed().as_secs_f64()
    );
}
