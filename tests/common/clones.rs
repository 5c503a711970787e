//! Databases for tests: cloned ahead, booked by being renamed, and dropped, all behind the tests' backs.
//!
//! The name says whose a database is, so that nothing else has to be written down:
//! - `template_<digest>` is the template of what has this digest, `draft_template_<digest>` one that is being made;
//! - `spare_<template>_<any>` is a clone that nobody has booked;
//! - `t_<run>_<n>` belongs to a run: a process that holds the lock of `runs/<run>`, where its digest stands.
//!
//! What belongs to no run that lives is swept, but for what a failed test has kept; see [`keep`].

use std::collections::VecDeque;
use std::fs::{self, File};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock};

use sqlx::postgres::PgConnection;

use super::server::{connect, execute, server};
use super::{place, sweep, template, wait};

/// How many clones of a template stand ready.
const AHEAD: usize = 3;

/// This process, as what it books is named by.
pub struct Run {
    id: String,
    _lock: File,
}

pub fn run() -> &'static Run {
    static RUN: OnceLock<Run> = OnceLock::new();
    RUN.get_or_init(|| {
        // Whoever sweeps holds this lock too, and finds either nothing or a run with its digest.
        let _lock = place::lock("template");
        let runs = place::state_dir().join("runs");
        fs::create_dir_all(&runs).expect("the folder of runs");
        let id = uuid::Uuid::new_v4().simple().to_string()[..8].to_owned();
        let path = runs.join(&id);
        let file = File::create(&path).expect("the run's file");
        file.lock().expect("the run's lock");
        fs::write(path, template::digest()).expect("the run's digest");
        Run { id, _lock: file }
    })
}

/// The next name of a database of this run.
fn name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("t_{}_{:04}", run().id, NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A copy of a database as it is now.
pub fn copy(source: &str) -> String {
    let name = name();
    let server = server();
    let copied = wait(async { clone(&mut connect(server).await, source, &name).await });
    copied.unwrap_or_else(|e| panic!("{source}: {e}"));
    name
}

/// A clone of a template that is the caller's alone.
pub fn take(template: &str) -> String {
    let name = name();
    // It is started before, and not within, what waits here.
    let server = server();
    wait(async {
        let mut connection = connect(server).await;
        if !book(&mut connection, template, &name).await {
            clone(&mut connection, template, &name).await.unwrap_or_else(|e| panic!("{template}: {e}"));
        }
    });
    tell(|work| {
        if !work.templates.iter().any(|known| known == template) {
            work.templates.push(template.to_owned());
        }
        work.stock = true;
    });
    name
}

/// The home that goes with a database.
pub fn home(name: &str) -> PathBuf {
    place::state_dir().join("homes").join(name)
}

/// Drops a database that its test is done with, a little later.
pub fn give_back(name: String) {
    tell(|work| work.drops.push_back(name));
}

/// Keeps the database of a failed test for a day: whoever sweeps next leaves it alone.
pub fn keep(name: &str) {
    let kept = place::state_dir().join("kept");
    fs::create_dir_all(&kept).and_then(|()| fs::write(kept.join(name), "")).expect("the mark of a kept database");
}

/// Renames a spare clone. Of two that try the same, one finds nothing of that name and tries the next.
async fn book(connection: &mut PgConnection, template: &str, name: &str) -> bool {
    while let Some(spare) = spares(connection, template).await.first() {
        if execute(connection, &format!("alter database {spare} rename to {name}")).await.is_ok() {
            return true;
        }
    }
    false
}

async fn spares(connection: &mut PgConnection, template: &str) -> Vec<String> {
    let sql = "select datname::text from pg_database where starts_with(datname::text, $1) order by random()";
    let found = sqlx::query_scalar(sql).persistent(false).bind(format!("spare_{template}_"));
    found.fetch_all(connection).await.expect("the spare databases")
}

async fn clone(connection: &mut PgConnection, template: &str, name: &str) -> sqlx::Result<()> {
    // Copying files costs a tenth of writing each page to the log as well.
    let copied = connection.server_version_num().is_some_and(|version| version >= 150_000);
    let strategy = if copied { "strategy file_copy" } else { "" };
    execute(connection, &format!("create database {name} template {template} {strategy}")).await
}

/// What there is to do in the background.
#[derive(Default)]
struct Work {
    templates: Vec<String>,
    stock: bool,
    drops: VecDeque<String>,
}

static WORK: Mutex<Option<Work>> = Mutex::new(None);
static TOLD: Condvar = Condvar::new();

fn work() -> MutexGuard<'static, Option<Work>> {
    WORK.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Changes the work, and starts who does it with the first change.
fn tell(change: impl FnOnce(&mut Work)) {
    let mut guard = work();
    if guard.is_none() {
        std::thread::spawn(|| wait(toil()));
    }
    change(guard.get_or_insert_default());
    TOLD.notify_one();
}

/// Goes on for as long as the process does. What it leaves undone is swept by the next run.
async fn toil() {
    let mut connection = connect(server()).await;
    let mut leftovers = None;
    loop {
        let (templates, done) = {
            let mut guard = work();
            let work = guard.get_or_insert_default();
            match std::mem::take(&mut work.stock) {
                true => (work.templates.clone(), None),
                false => (Vec::new(), work.drops.pop_front()),
            }
        };
        for template in &templates {
            stock(&mut connection, template).await;
        }
        if let Some(name) = &done {
            sweep::remove(&mut connection, name).await;
        }
        if !templates.is_empty() || done.is_some() {
            continue;
        }
        if leftovers.is_none() {
            leftovers = Some(sweep::leftovers(&mut connection).await);
        }
        if let Some(name) = leftovers.as_mut().and_then(Vec::pop) {
            sweep::remove(&mut connection, &name).await;
            continue;
        }
        let idle = |work: &mut Option<Work>| work.as_ref().is_none_or(|work| !work.stock && work.drops.is_empty());
        drop(TOLD.wait_while(work(), idle));
    }
}

/// Makes what is missing of the clones that stand ready. One that fails is made by the test that needs it, which says why.
async fn stock(connection: &mut PgConnection, template: &str) {
    for _ in spares(connection, template).await.len()..AHEAD {
        let name = format!("spare_{template}_{}", &uuid::Uuid::new_v4().simple().to_string()[..8]);
        let _ = clone(connection, template, &name).await;
    }
}
