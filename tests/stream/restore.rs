//! A dump restored into a fresh cluster, whose transactions are numbered anew, and from there back into the old one.

use std::process::{Command, Stdio};

use serde_json::Value;
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use super::support::{Stage, ack, drain, emit, read, sql, wait};
use crate::common::{Ran, bare};

/// A private cluster of its own, stopped when dropped.
struct Fresh {
    dir: tempfile::TempDir,
    socket: String,
    bin: String,
}

impl Fresh {
    fn new() -> Fresh {
        let dir = crate::common::tempdir();
        let mut fresh = Fresh { dir, socket: String::new(), bin: String::new() };
        fresh.dot(&["up"]);
        // This also makes the roles that the dump grants to.
        fresh.dot(&["migrate", "apply"]);
        let status = fresh.dot(&["status", "--json"]).json();
        let text = |name: &str| status["data"][name].as_str().expect("a text").to_owned();
        (fresh.socket, fresh.bin) = (text("socket_dir"), text("bindir"));
        fresh
    }

    fn dot(&self, args: &[&str]) -> Ran {
        let run = bare(args).env("DOT_STATE_DIR", self.dir.path().join("s")).env("HOME", self.dir.path()).output();
        Ran::of(run.expect("dot runs")).exits(0)
    }

    /// Copies a database, named by how to reach it, into a new one of another server.
    fn copy(&self, from: (&str, &str), to: (&str, &str)) {
        let tool = |name: &str| {
            let mut command = Command::new(format!("{}/{name}", self.bin));
            command.args(["-U", "dot"]);
            command
        };
        let made = tool("createdb").args(["-h", to.0, "-T", "template0", to.1]).status().expect("createdb");
        assert!(made.success());
        let mut dump = tool("pg_dump").args(["-h", from.0, from.1]).stdout(Stdio::piped()).spawn().expect("pg_dump");
        let restored = tool("psql")
            .args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", to.0, to.1])
            .stdin(dump.stdout.take().expect("a pipe"))
            .stdout(Stdio::null())
            .status()
            .expect("psql");
        assert!(dump.wait().expect("pg_dump").success() && restored.success());
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let _ = bare(&["down"]).env("DOT_STATE_DIR", self.dir.path().join("s")).env("HOME", self.dir.path()).output();
    }
}

async fn connect(socket: &str, database: &str) -> PgConnection {
    PgConnectOptions::new().socket(socket).username("dot").database(database).connect().await.expect("a connection")
}

#[test]
fn consumers_go_on_after_a_dump_and_restore_into_a_fresh_cluster() {
    let stage = Stage::new();
    let here = stage.db.one("split_part(trim(current_setting('unix_socket_directories'), '\"'), ',', 1)");
    let back = format!("{}_back", stage.db.name);
    let fresh = Fresh::new();
    wait(async {
        let (mut writer, mut slow) = (stage.connect().await, stage.connect().await);
        for n in 1..=5 {
            emit(&mut writer, n, "k").await;
        }
        sql(&mut slow, "begin").await;
        emit(&mut slow, 6, "slow").await;
        assert_eq!(drain(&mut writer, "all", 100).await, [1, 2, 3, 4, 5]);
        // In progress at the last tick; after it; and a batch that was left in its middle.
        sql(&mut slow, "commit").await;
        emit(&mut writer, 7, "k").await;
        emit(&mut writer, 8, "k").await;
        let slice = read(&mut writer, "all", 1).await;
        assert_eq!(slice.numbers(), [6]);
        ack(&mut writer, "all", &slice).await.expect("an acknowledgement");
        emit(&mut writer, 9, "k").await;
    });
    fresh.copy((&here, &stage.db.name), (&fresh.socket, "restored"));
    wait(async {
        let mut there = connect(&fresh.socket, "restored").await;
        // Enough transactions to pass through the numbers of the old cluster while nobody reads.
        for n in 10..=300 {
            emit(&mut there, n, "k").await;
        }
        assert_eq!(drain(&mut there, "all", 7).await, (7..=300).collect::<Vec<_>>());
        emit(&mut there, 301, "k").await;
        assert_eq!(drain(&mut there, "all", 7).await, [301]);
        emit(&mut there, 302, "k").await;
    });
    fresh.copy((&fresh.socket, "restored"), (&here, &back));
    wait(async {
        let mut home = connect(&here, &back).await;
        emit(&mut home, 303, "k").await;
        assert_eq!(drain(&mut home, "all", 7).await, [302, 303], "back in the old cluster, nothing comes again");
        emit(&mut home, 304, "k").await;
        assert_eq!(drain(&mut home, "all", 7).await, [304]);
        let pending: Value = serde_json::from_str(
            &sqlx::query_scalar::<_, String>("select dot.fn_subscription_lag('all')::text")
                .fetch_one(&mut home)
                .await
                .expect("a lag"),
        )
        .expect("JSON");
        assert_eq!(pending["pending"], 0);
    });
    stage.db.sql(&format!("drop database {back} with (force)"));
}
