//! What killed and former runs have left in the tests' server.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::time::Duration;

use sqlx::postgres::PgConnection;

use super::server::{connect, execute, server};
use super::{clones, place, wait};

/// How long the database of a failed test is kept.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Sweeps here and now what is swept in the background otherwise.
pub fn now() {
    let server = server();
    wait(async {
        let mut connection = connect(server).await;
        for name in leftovers(&mut connection).await {
            remove(&mut connection, &name).await;
        }
    });
}

/// Drops what belongs to files that no run is testing, and names the databases of runs that are over.
pub async fn leftovers(connection: &mut PgConnection) -> Vec<String> {
    // Under the lock no run begins and no template is made.
    let _lock = place::lock("template");
    let (runs, digests) = living();
    let sql = "select datname::text from pg_database where not datistemplate";
    let names: Vec<String> =
        sqlx::query_scalar(sql).persistent(false).fetch_all(&mut *connection).await.expect("the databases");
    let mut over = Vec::new();
    for name in names {
        let parts: Vec<&str> = name.split('_').collect();
        match parts.as_slice() {
            ["t", run, ..] | ["spare", "t", run, ..] if !runs.contains(*run) && !is_kept(&name) => over.push(name),
            ["draft", ..] => remove(connection, &name).await,
            ["template", digest] | ["spare", "template", digest, _] if !digests.contains(*digest) => {
                remove(connection, &name).await;
            }
            _ => {}
        }
    }
    over
}

/// The runs that hold their lock, and the digests they test. Forgets the others.
fn living() -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut runs, mut digests) = (BTreeSet::new(), BTreeSet::new());
    for entry in fs::read_dir(place::state_dir().join("runs")).expect("the folder of runs").filter_map(Result::ok) {
        let Ok(file) = File::open(entry.path()) else { continue };
        if file.try_lock().is_ok() {
            let _ = fs::remove_file(entry.path());
            continue;
        }
        runs.insert(entry.file_name().to_string_lossy().into_owned());
        digests.insert(fs::read_to_string(entry.path()).expect("the run's digest"));
    }
    (runs, digests)
}

fn is_kept(name: &str) -> bool {
    let mark = place::state_dir().join("kept").join(name);
    let age = fs::metadata(&mark).and_then(|mark| mark.modified()).map(|since| since.elapsed().unwrap_or_default());
    let kept = age.is_ok_and(|age| age < KEPT);
    if !kept {
        let _ = fs::remove_file(mark);
    }
    kept
}

/// Drops a database with its home and the logins that are named after it: roles belong to the whole server.
pub async fn remove(connection: &mut PgConnection, name: &str) {
    // Somebody else may have dropped it, or be about to.
    let _ = execute(connection, &format!("drop database if exists {name} with (force)")).await;
    let _ = fs::remove_dir_all(clones::home(name));
    let sql = "select rolname::text from pg_roles where right(rolname::text, length($1)) = $1";
    let logins = sqlx::query_scalar(sql).persistent(false).bind(format!("_{name}")).fetch_all(&mut *connection).await;
    for login in logins.unwrap_or_else(|_| Vec::<String>::new()) {
        let _ = execute(connection, &format!("drop role {login}")).await;
    }
}
