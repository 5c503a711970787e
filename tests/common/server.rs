//! The tests' own server: one for all runs of a user, which would lose everything with the machine and so waits for no disk.
//!
//! Tests that kill a server, or count on what it keeps, start one of their own.

use std::fs;
use std::sync::OnceLock;

use dot::cluster::{self, Cluster};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, ConnectOptions};

use super::{place, wait};

/// What differs from the settings that users get. Nobody vacuums: a worker for each of a hundred short-lived databases would
/// be most of the load.
const SETTINGS: [(&str, &str); 8] = [
    ("fsync", "off"),
    ("synchronous_commit", "off"),
    ("full_page_writes", "off"),
    ("wal_compression", "off"),
    ("max_wal_size", "512MB"),
    ("checkpoint_timeout", "1h"),
    ("shared_buffers", "256MB"),
    ("autovacuum", "off"),
];

pub fn server() -> &'static Cluster {
    static SERVER: OnceLock<Cluster> = OnceLock::new();
    SERVER.get_or_init(|| {
        let _lock = place::lock("server");
        let options = cluster::Options { fetch: std::env::var_os("CI").is_some(), ask: false };
        let up = || wait(cluster::ensure_running(&options));
        // Whatever waits for no disk may be beyond repair after the machine went down; nothing in it is worth one.
        let server = up().or_else(|_| remade(up)).expect("the tests' server");
        if !cfg!(test) || !is_durable(&server) {
            return server;
        }
        wait(async {
            let mut connection = connect(&server).await;
            for (name, value) in SETTINGS {
                execute(&mut connection, &format!("alter system set {name} = '{value}'")).await.expect("a setting");
            }
        });
        wait(cluster::stop()).expect("the server stops");
        up().expect("the tests' server")
    })
}

fn remade<T>(up: impl Fn() -> T) -> T {
    for entry in fs::read_dir(place::state_dir()).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with("pg") {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    up()
}

fn is_durable(server: &Cluster) -> bool {
    wait(async {
        let sql = "select setting = 'on' from pg_settings where name = 'fsync'";
        sqlx::query_scalar(sql).persistent(false).fetch_one(&mut connect(server).await).await.expect("a setting")
    })
}

/// The server's own database, where databases are made and dropped.
pub async fn connect(server: &Cluster) -> PgConnection {
    server.connect_options().connect().await.expect("a connection")
}

pub async fn execute(connection: &mut PgConnection, sql: &str) -> sqlx::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.map(|_| ())
}
