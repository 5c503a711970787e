//! Takes a backup of a running server.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sqlx::{Connection, PgConnection, Row};

use super::manifest::Content;
use super::{Backup, Manifest, UNFINISHED, copy};
use crate::cluster::{Cluster, initdb};
use crate::failure::{At, Failure, Kind, Result};

/// Copied last: it says from where the server recovers.
const CONTROL: &str = "global/pg_control";

/// The session waits while files are copied, however long that takes, and whatever a login or the server is set to.
const PATIENT: [(&str, &str); 4] = [
    ("statement_timeout", "0"),
    ("lock_timeout", "0"),
    ("idle_in_transaction_session_timeout", "0"),
    ("idle_session_timeout", "0"),
];

/// What was copied so far.
#[derive(Default)]
struct Copied {
    files: BTreeMap<String, Content>,
    folders: Vec<String>,
}

/// Copies the data of a running cluster into a new folder of `dir`. The server goes on working; nobody waits. Gives the
/// backup, its manifest, and the SHA-256 of that.
pub async fn take(cluster: &Cluster, dir: &Path) -> Result<(Backup, Manifest, String)> {
    require_outside(dir, &cluster.data)?;
    let made = DirBuilder::new().recursive(true).mode(0o700).create(dir);
    made.at(|| format!("cannot make the folder of backups {}", dir.display()))?;
    // Held to the end, and given back however this process ends: nobody else writes into the folder or clears it meanwhile.
    let place = File::open(dir).at(|| format!("cannot open {}", dir.display()))?;
    if let Err(cause) = place.try_lock() {
        return Err(Failure::new(
            Kind::Unavailable,
            format!("another backup is being taken into {}: {cause}", dir.display()),
        )
        .hint("Wait for it, or name another folder with --dir."));
    }
    sweep(dir);
    let started = Timestamp::now();
    let name = free_name(dir, started);
    let work = dir.join(format!("{UNFINISHED}{}.{name}", std::process::id()));
    DirBuilder::new().mode(0o700).create(&work).at(|| format!("cannot make {}", work.display()))?;
    let taken = into(cluster, &work, started).await.and_then(|manifest| {
        manifest.require(&work)?;
        let digest = manifest.write(&work)?;
        initdb::sync_all(&work)?;
        let backup = Backup { path: dir.join(&name), name };
        fs::rename(&work, &backup.path).at(|| format!("cannot put {} in place", backup.path.display()))?;
        initdb::sync(dir)?;
        Ok((backup, manifest, digest))
    });
    if taken.is_err() {
        let _ = fs::remove_dir_all(&work);
    }
    taken
}

/// Refuses a folder inside what is copied: each backup would have those before it inside.
fn require_outside(dir: &Path, data: &Path) -> Result<()> {
    let data = data.canonicalize().at(|| format!("cannot find {}", data.display()))?;
    let absolute = std::path::absolute(dir).at(|| format!("cannot find {}", dir.display()))?;
    // It may not be there yet; what is there of it may be links.
    let there = absolute.ancestors().find_map(|one| one.canonicalize().ok());
    if there.is_some_and(|there| there.starts_with(&data)) {
        return Err(Failure::new(
            Kind::Refused,
            format!("{} is inside the data of the cluster, {}", dir.display(), data.display()),
        )
        .hint("Name a folder elsewhere, on another disk if there is one: --dir DIR"));
    }
    Ok(())
}

/// Named by their time, so that they sort by it.
fn free_name(dir: &Path, at: Timestamp) -> String {
    let name = at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let names = std::iter::once(name.clone()).chain((2..).map(|n| format!("{name}-{n}")));
    names.into_iter().find(|name| dir.join(name).symlink_metadata().is_err()).unwrap_or(name)
}

/// Removes what killed processes left: whoever takes a backup holds the folder's lock.
fn sweep(dir: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

async fn into(cluster: &Cluster, work: &Path, started: Timestamp) -> Result<Manifest> {
    let mut server =
        PgConnection::connect_with(&cluster.connect_options().application_name("dot backup").options(PATIENT))
            .await
            .map_err(refused)?;
    let facts = sqlx::query(
        "select current_setting('server_version_num')::int / 10000, current_setting('server_version'),
                (select system_identifier::text from pg_control_system()), (select count(*) from pg_tablespace where oid not in (1663, 1664)),
                pg_create_physical_replication_slot('dot_backup_' || pg_backend_pid(), true, true)::text",
    )
    .fetch_one(&mut server)
    .await
    .map_err(refused)?;
    let (major, tablespaces): (i32, i64) = (facts.get(0), facts.get(3));
    if tablespaces > 0 {
        return Err(Failure::new(
            Kind::Refused,
            "the cluster has tablespaces, which a backup of one folder does not hold",
        )
        .hint("Move what is in them back and drop them."));
    }
    // A checkpoint at once, for nobody wants to wait minutes for one that is spread out.
    let (begin, end) = if major >= 15 {
        (
            "select pg_backup_start('dot', true)::text",
            "select lsn::text, labelfile, pg_walfile_name(lsn) from pg_backup_stop(false)",
        )
    } else {
        (
            "select pg_start_backup('dot', true, false)::text",
            "select lsn::text, labelfile, pg_walfile_name(lsn) from pg_stop_backup(false, false)",
        )
    };
    let start: String = sqlx::query_scalar(begin).fetch_one(&mut server).await.map_err(refused)?;
    let first: String = sqlx::query_scalar("select pg_walfile_name($1::text::pg_lsn)")
        .bind(&start)
        .fetch_one(&mut server)
        .await
        .map_err(refused)?;
    let (source, target) = (cluster.data.clone(), work.join("data"));
    let mut copied = apart({
        let (source, target) = (source.clone(), target.clone());
        move || data(&source, &target)
    })
    .await?;
    let ended = sqlx::query(end).fetch_one(&mut server).await.map_err(refused)?;
    let (stop, label, last): (String, String, String) = (ended.get(0), ended.get(1), ended.get(2));
    copied = apart(move || log(&source, &target, &(first, last), &label, copied)).await?;
    // The slot, which has kept the log until here, goes with the connection.
    let _ = server.close().await;
    Ok(Manifest {
        form: Manifest::form(),
        major: major.unsigned_abs(),
        server_version: facts.get(1),
        system_identifier: facts.get(2),
        started_at: started.to_string(),
        finished_at: Timestamp::now().to_string(),
        start,
        stop,
        folders: copied.folders,
        files: copied.files,
    })
}

/// On a thread of its own, so that signals and timers are heard meanwhile.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|cause| Failure::unexpected(cause.to_string()))?
}

fn data(source: &Path, target: &Path) -> Result<Copied> {
    let tree = copy::walk(source)?;
    let mut copied = Copied::default();
    copied.folders.extend(tree.folders.into_iter().filter(|folder| copy::belongs(folder)).chain(copy::emptied()));
    copied.folders.sort();
    copied.folders.dedup();
    for folder in &copied.folders {
        make(&target.join(folder))?;
    }
    let rest = tree.files.into_iter().filter(|path| copy::belongs(path) && path != CONTROL);
    for path in rest.chain([CONTROL.to_owned()]) {
        one(source, target, path, &mut copied)?;
    }
    Ok(copied)
}

/// The write-ahead log between these two segments, and the label that tells a server to recover from it.
fn log(source: &Path, target: &Path, span: &(String, String), label: &str, mut copied: Copied) -> Result<Copied> {
    let mut segments: Vec<String> = Vec::new();
    let dir = source.join("pg_wal");
    for entry in fs::read_dir(&dir).at(|| format!("cannot read the folder {}", dir.display()))?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_log = name.len() == 24 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_log && (span.0.as_str()..=span.1.as_str()).contains(&name.as_str()) || name.ends_with(".history") {
            segments.push(name);
        }
    }
    segments.sort();
    for name in segments {
        one(source, target, format!("pg_wal/{name}"), &mut copied)?;
    }
    for needed in [&span.0, &span.1] {
        if !copied.files.contains_key(&format!("pg_wal/{needed}")) {
            return Err(Failure::unexpected(format!(
                "the server's log has no segment {needed}, which the backup needs"
            )));
        }
    }
    let path = target.join("backup_label");
    fs::write(&path, label).at(|| format!("cannot write {}", path.display()))?;
    let content = copy::content(&path).at(|| format!("cannot read {}", path.display()))?;
    copied.files.insert("backup_label".to_owned(), content);
    Ok(copied)
}

fn one(source: &Path, target: &Path, path: String, copied: &mut Copied) -> Result<()> {
    let to = target.join(&path);
    make(to.parent().unwrap_or(target))?;
    if let Some(content) = copy::copy(&source.join(&path), &to, None)? {
        copied.files.insert(path, content);
    }
    Ok(())
}

fn make(dir: &Path) -> Result<()> {
    let dir: PathBuf = dir.to_owned();
    DirBuilder::new().recursive(true).mode(0o700).create(&dir).at(|| format!("cannot make {}", dir.display()))
}

fn refused(cause: sqlx::Error) -> Failure {
    let mut failure = Failure::new(Kind::Unavailable, format!("the server cannot be backed up: {cause}"));
    failure.sqlstate = cause.as_database_error().and_then(|cause| cause.code()).map(|code| code.into_owned());
    failure
}
