//! A database of its own for each test: a clone of one template, named by the digest of everything it is made from.

#![allow(dead_code, reason = "each test binary uses its own part of this module")]

pub mod pooler;
pub mod team;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use dot::cluster::{self, Cluster};
use dot::migrate::files::Files;
use serde_json::Value;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};

/// Where the tests' cluster lives: outside any home, and traversable for the server's account.
fn state_dir() -> PathBuf {
    static DIR: OnceLock<PathBuf> = OnceLock::new();
    DIR.get_or_init(|| {
        let dir = match std::env::var_os("DOT_TEST_STATE_DIR") {
            Some(dir) => PathBuf::from(dir),
            None => std::env::temp_dir().join(format!("dot-tests-{}", rustix::process::getuid().as_raw())),
        };
        std::fs::create_dir_all(&dir).expect("the tests' state directory");
        // SAFETY: set once, by the first caller, before this process reads it.
        unsafe { std::env::set_var("DOT_STATE_DIR", &dir) };
        dir
    })
    .clone()
}

/// A runtime for connections that live through several steps of a test.
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Runs a future to its end.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    runtime().block_on(future)
}

fn cluster() -> Cluster {
    state_dir();
    wait(cluster::ensure_running(&cluster::Options { fetch: std::env::var_os("CI").is_some(), ask: false }))
        .expect("the tests' cluster")
}

/// A database that is dropped with this value.
pub struct Db {
    pub name: String,
    options: PgConnectOptions,
    home: tempfile::TempDir,
    socket_dir: PathBuf,
}

impl Db {
    /// A migrated and synced database.
    pub fn new() -> Db {
        let template = template();
        Self::create(&format!("template {template}"))
    }

    /// A database with nothing in it.
    pub fn empty() -> Db {
        Self::create("template template0")
    }

    fn create(how: &str) -> Db {
        let cluster = cluster();
        let name = format!("t_{}", uuid::Uuid::new_v4().simple());
        let admin = cluster.connect_options();
        admin_sql(&admin, &format!("create database {name} {how}"));
        Db {
            options: admin.database(&name),
            name,
            home: tempfile::tempdir().expect("a home"),
            socket_dir: cluster.socket_dir,
        }
    }

    pub fn url(&self) -> String {
        format!("postgres://dot@localhost/{}?host={}", self.name, self.socket_dir.display())
    }

    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The real binary in an empty home, with nothing in its environment but this database, through the pooler where the
    /// run asks for one.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = bare(args);
        let url = pooler::address(self).unwrap_or_else(|| self.url());
        command.env("HOME", self.home.path()).env("DATABASE_URL", url);
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
              where c.relkind = 'r' and n.nspname in ('dot', 'public') and c.relname not in ('dot_command_run', 'audit_pending')",
        )
    }
}

impl Drop for Db {
    fn drop(&mut self) {
        let admin = self.options.clone().database("dot");
        admin_sql(&admin, &format!("drop database if exists {} with (force)", self.name));
    }
}

/// The binary with an empty environment but for PATH.
pub fn bare(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dot"));
    command.args(args).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("DOT_ACTOR", "tester");
    if let Some(bindir) = std::env::var_os("PG_BINDIR") {
        command.env("PG_BINDIR", bindir);
    }
    command.stdin(std::process::Stdio::null());
    command
}

fn admin_sql(options: &PgConnectOptions, sql: &str) {
    wait(async {
        let mut connection = options.connect().await.expect("a connection");
        // Another test may be at work on the same template for a moment.
        for attempt in 0.. {
            match sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await {
                Ok(_) => return,
                Err(_) if attempt < 50 => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
                Err(error) => panic!("{sql}: {error}"),
            }
        }
    });
}

/// The template: migrated and synced once for everything it is made from, under a lock between processes.
fn template() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let cluster = cluster();
        let files = Files::load(None).expect("the migrations").digest();
        let catalog = dot::catalog::embedded::commands().expect("the catalogue");
        let content = dot::catalog::embedded::content().expect("the registries");
        let commands: String = catalog.iter().map(|entry| entry.digest.as_str()).collect();
        let name = format!("template_{}", &sha256(&format!("{files}{commands}{content}"))[..24]);
        let lock = File::create(state_dir().join("template.lock")).expect("the template's lock");
        lock.lock().expect("the template's lock");
        let admin = cluster.connect_options();
        let there = wait(async {
            let mut connection = admin.connect().await.expect("a connection");
            sqlx::query_scalar::<_, bool>("select exists (select 1 from pg_database where datname = $1)")
                .persistent(false)
                .bind(&name)
                .fetch_one(&mut connection)
                .await
                .expect("an answer")
        });
        if !there {
            // Made under another name first, so that a killed test run leaves no half-made template.
            let draft = format!("draft_{}", uuid::Uuid::new_v4().simple());
            admin_sql(&admin, &format!("create database {draft} template template0"));
            let url = format!("postgres://dot@localhost/{draft}?host={}", cluster.socket_dir.display());
            for args in [&["migrate", "apply"][..], &["catalog", "sync"]] {
                let output = bare(args).env("DATABASE_URL", &url).output().expect("dot runs");
                assert!(output.status.success(), "dot {args:?}: {}", String::from_utf8_lossy(&output.stderr));
            }
            admin_sql(&admin, &format!("alter database {draft} rename to {name}"));
        }
        name
    })
}

fn sha256(text: &str) -> String {
    use sha2::Digest;
    dot::hex::hex(&sha2::Sha256::digest(text))
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
