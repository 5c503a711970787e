//! A database of its own for each test: a clone of one template, named by the digest of everything it is made from.

#![allow(dead_code, reason = "the benchmarks use a part of this module")]

mod clones;
pub mod place;
pub mod pooler;
pub mod proxy;
pub mod scratch;
pub mod server;
pub mod shared;
pub mod sweep;
pub mod team;
mod template;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

pub use place::tempdir;
use serde_json::Value;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};

/// A runtime for connections that live through several steps of a test.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// How often a test does what is done at random: as given, or a multiple of it where `tests/long` asks for one.
pub fn times(usual: u32) -> u32 {
    let factor =
        std::env::var("DOT_TEST_TIMES").ok().map(|text| text.parse::<u32>().expect("DOT_TEST_TIMES is a number"));
    usual * factor.unwrap_or(1)
}

/// Points in time at which to kill something: all over what it takes here and now to do it, and a little beyond.
pub struct Kills {
    whole: Duration,
    seed: u64,
}

impl Kills {
    pub fn over(it: impl FnOnce()) -> Kills {
        let started = Instant::now();
        it();
        Kills { whole: started.elapsed() * 5 / 4, seed: 11 }
    }

    /// The same points in each run.
    pub fn next(&mut self) -> Duration {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.whole.mul_f64((self.seed >> 33) as f64 / f64::from(1_u32 << 31))
    }
}

/// Kills a child after a while. The random point itself is what is tested: there is no event to wait for.
pub fn kill_after(delay: Duration, command: &mut Command) {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    std::thread::sleep(delay);
    let _ = child.kill();
    let _ = child.wait();
}

/// Runs a future to its end.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    runtime().block_on(future)
}

/// A database that is dropped after this value, or kept for a day where its test has failed.
pub struct Db {
    pub name: String,
    options: PgConnectOptions,
    home: PathBuf,
    /// The server that it is on, where that is not the tests' own.
    shared: Option<&'static shared::Shared>,
}

/// Databases that several tests start from.
static PREPARED: Mutex<BTreeMap<&str, Arc<OnceLock<Db>>>> = Mutex::new(BTreeMap::new());

impl Db {
    /// A migrated and synced database.
    pub fn new() -> Db {
        Self::of(template::template())
    }

    /// A database with nothing in it.
    pub fn empty() -> Db {
        Self::of("template0")
    }

    /// A database as `prepare` leaves it, with its home. It is prepared once by each run, under a name, and copied for each test.
    pub fn prepared(what: &'static str, prepare: impl FnOnce(&Db)) -> Db {
        let all = PREPARED.lock().unwrap_or_else(PoisonError::into_inner).entry(what).or_default().clone();
        let first = all.get_or_init(|| {
            let db = Db::new();
            prepare(&db);
            db
        });
        let db = Self::of(&first.name);
        let copied = Command::new("cp").arg("-a").arg(first.home.join(".")).arg(&db.home).status().expect("cp runs");
        assert!(copied.success());
        db
    }

    /// A copy of this database as it is now, with an empty home. Nobody may be connected to it.
    pub fn copy(&self) -> Db {
        Self::named(clones::copy(&self.name))
    }

    fn of(template: &str) -> Db {
        Self::named(clones::take(template))
    }

    fn named(name: String) -> Db {
        let home = clones::home(&name);
        std::fs::create_dir_all(&home).expect("a home");
        Db { options: server::server().connect_options().database(&name), name, home, shared: None }
    }

    /// A migrated and synced database on a server where a login has to prove itself; see [`shared`].
    pub fn shared() -> Db {
        let (shared, name) = shared::take();
        let home = clones::home(&format!("{}_{name}", std::process::id()));
        std::fs::create_dir_all(&home).expect("a home");
        Db { options: shared.options(&name), name, home, shared: Some(shared) }
    }

    /// What its server has written, where that is not the tests' own.
    pub fn log(&self) -> String {
        self.shared.expect("a server that is shared").log()
    }

    /// Where a login with this password finds it.
    pub fn url_of(&self, login: &str, password: &str) -> String {
        match self.shared {
            Some(shared) => shared.url_of(login, password, &self.name),
            None => self.url().replace("dot@", &format!("{login}@")),
        }
    }

    pub fn url(&self) -> String {
        if let Some(shared) = self.shared {
            return shared.url(&self.name);
        }
        format!("postgres://dot@localhost/{}?host={}", self.name, server::server().socket_dir.display())
    }

    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The real binary in an empty home, with nothing in its environment but this database, through the pooler where the
    /// run asks for one.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = bare(args);
        let pooled = if self.shared.is_some() { None } else { pooler::address(self) };
        let url = pooled.unwrap_or_else(|| self.url());
        command.env("HOME", &self.home).env("DATABASE_URL", url);
        // With some arguments these are more of a risk than they are themselves: what that asks for is tested on its own.
        if matches!(
            args,
            ["gate", "set", ..]
                | ["run", "undo", ..]
                | ["job", "enqueue", ..]
                | ["schedule", "create", ..]
                | ["batch", "open", ..]
        ) && !args.contains(&"--confirm")
        {
            command.args(["--confirm", &self.name]);
        }
        command
    }

    /// Runs the binary to its end.
    pub fn dot(&self, args: &[&str]) -> Ran {
        Ran::of(self.command(args).output().expect("dot runs"))
    }

    /// Runs the binary with `--json`, expects exit 0, and gives the document.
    pub fn json(&self, args: &[&str]) -> Value {
        let ran = self.dot(&[args, &["--json"]].concat());
        assert_eq!(ran.code, 0, "dot {args:?}: {}{}", ran.stdout, ran.stderr);
        ran.json()
    }

    pub async fn connect(&self) -> PgConnection {
        self.options.connect().await.expect("a connection")
    }

    pub fn options(&self) -> PgConnectOptions {
        self.options.clone()
    }

    /// Runs statements.
    pub fn sql(&self, sql: &str) {
        wait(async {
            let mut connection = self.connect().await;
            sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
                .execute(&mut connection)
                .await
                .unwrap_or_else(|e| panic!("{sql}: {e}"));
        });
    }

    /// What a superuser can do: every trigger is out of the way while `sql` runs, and afterwards all looks as before.
    pub fn behind_our_back(&self, sql: &str) {
        self.sql("create table public.saved as select oid, tgenabled from pg_trigger where not tgisinternal");
        self.sql("update pg_trigger set tgenabled = 'D' where not tgisinternal");
        self.sql(sql);
        self.sql("update pg_trigger t set tgenabled = s.tgenabled from public.saved s where s.oid = t.oid");
        self.sql("drop table public.saved");
    }

    /// The one text that a query gives.
    pub fn one(&self, sql: &str) -> String {
        wait(async {
            let mut connection = self.connect().await;
            let value: Option<String> = sqlx::query_scalar(AssertSqlSafe(format!("select ({sql})::text")))
                .persistent(false)
                .fetch_one(&mut connection)
                .await
                .unwrap_or_else(|e| panic!("{sql}: {e}"));
            value.unwrap_or_default()
        })
    }

    /// A digest of the content of every table of the platform but the audit.
    pub fn content(&self) -> String {
        self.one(
            "select coalesce(string_agg(c.oid::regclass::text || ' ' ||
                 (xpath('//d/text()', query_to_xml(format('select md5(string_agg(md5(t::text), '''' order by md5(t::text))) as d from %s t',
                 c.oid::regclass), false, true, '')))[1]::text, E'\\n' order by c.oid::regclass::text), '')
               from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where c.relkind = 'r' and n.nspname in ('dot', 'public') and c.relname not in ('dot_command_run', 'dot_command_run_proposal', 'dot_command_run_number', 'audit_pending')",
        )
    }
}

impl Drop for Db {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        if self.shared.is_some() {
            // It goes with its server.
            let _ = std::fs::remove_dir_all(&self.home);
            return;
        }
        if !std::thread::panicking() {
            return clones::give_back(name);
        }
        clones::keep(&name);
        let socket = server::server().socket_dir.display();
        eprintln!("kept for a day, with the home {}:\n  psql -h {socket} -U dot {name}", self.home.display());
    }
}

/// The binary with an empty environment but for PATH.
pub fn bare(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dot"));
    command.args(args).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("DOT_ACTOR", "tester");
    if let Some(bindir) = std::env::var_os("PG_BINDIR") {
        command.env("PG_BINDIR", bindir);
    }
    command.stdin(Stdio::null());
    command
}

/// Splits as a shell would, for the quotes that examples use.
pub fn words(line: &str) -> Vec<String> {
    if line.is_empty() {
        return Vec::new();
    }
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, ' ') => words.push(String::new()),
            (_, c) => words.last_mut().expect("a word").push(c),
        }
    }
    words
}

/// How a run of the binary ended.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    pub fn of(output: Output) -> Ran {
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// stdout as exactly one JSON document.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|e| panic!("not one JSON document ({e}): {}{}", self.stdout, self.stderr))
    }

    /// Expects an exit code.
    pub fn exits(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        self
    }
}

/// The command on a terminal of its own, of this width.
pub fn on_terminal(columns: u16, command: &std::process::Command) -> rexpect::session::PtySession {
    let mut shell = std::process::Command::new("sh");
    shell
        .args(["-c", &format!("stty rows 50 cols {columns} && exec \"$0\" \"$@\"")])
        .arg(command.get_program())
        .args(command.get_args());
    shell.env_clear().env("TERM", "xterm").envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    rexpect::session::spawn_command(shell, Some(20_000)).expect("a terminal")
}
