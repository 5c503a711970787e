//! Dump and restore: roles and settings by `pg_dumpall` and `psql`, each database by `pg_dump` and `pg_restore`.
//!
//! A dump goes from one program to the other and never to disk: it holds passwords, and would need its own room there.

use std::process::Stdio;

use sqlx::{AssertSqlSafe, Connection, Executor};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use super::clients::Clients;
use super::session::{self, connect, unreachable};
use super::work::Work;
use crate::cluster::whereabouts::Cluster;
use crate::failure::{At, Failure, Kind, Result};

/// The databases of a cluster, those first that every cluster has.
pub async fn databases(cluster: &Cluster) -> Result<Vec<String>> {
    let mut connection = connect(cluster, "postgres").await?;
    let sql = "select datname::text from pg_database where datallowconn
                order by datname <> 'template1', datname <> 'postgres', datname";
    let names = sqlx::query_scalar(sql).fetch_all(&mut connection).await.map_err(unreachable);
    let _ = connection.close().await;
    names
}

/// Everything of the old cluster into the new one. `Unexpected` with what a program said.
pub async fn transfer(work: &Work, clients: &Clients) -> Result<()> {
    globals(work, clients).await?;
    for name in databases(&work.old).await? {
        database(work, clients, &name).await?;
    }
    Ok(())
}

/// Gathers statistics, which no dump carries, for the first queries to be planned well.
pub async fn analyze(cluster: &Cluster) -> Result<()> {
    for name in databases(cluster).await? {
        let mut connection = connect(cluster, &name).await?;
        connection.execute(AssertSqlSafe("analyze")).await.map_err(unreachable)?;
        let _ = connection.close().await;
    }
    Ok(())
}

/// Roles with their passwords, memberships and settings.
async fn globals(work: &Work, clients: &Clients) -> Result<()> {
    let mut dump = program(work, clients, "pg_dumpall");
    dump.args(["--globals-only", "--dbname", &work.old.address("postgres")]);
    let dumped = dump.stdin(Stdio::null()).output().await.at(|| "cannot run pg_dumpall".to_owned())?;
    if !dumped.status.success() {
        return Err(failed("pg_dumpall", "roles and settings", &dumped.stderr));
    }
    // The new cluster was made by its superuser, who is there; what it is set to comes after this line.
    let created = format!("\nCREATE ROLE {};\n", work.new.user);
    let text = String::from_utf8_lossy(&dumped.stdout).replacen(&created, "\n", 1);
    let mut restore = program(work, clients, "psql");
    restore.args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", &work.new.address("postgres")]);
    restore.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = restore.spawn().at(|| "cannot run psql".to_owned())?;
    let mut input = child.stdin.take();
    let written = async move {
        // A program that ends before it has read says why.
        if let Some(input) = &mut input {
            let _ = input.write_all(text.as_bytes()).await;
        }
    };
    let (output, ()) = tokio::join!(child.wait_with_output(), written);
    let output = output.at(|| "cannot wait for psql".to_owned())?;
    if output.status.success() { Ok(()) } else { Err(failed("psql", "roles and settings", &output.stderr)) }
}

/// One database as it is: with its locale, its owner, its rights and its settings.
async fn database(work: &Work, clients: &Clients, name: &str) -> Result<()> {
    let mut dump = program(work, clients, "pg_dump");
    dump.args(["--format", "custom", "--compress", "0", "--dbname", &work.old.address(name)]);
    let mut dump = dump
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .at(|| "cannot run pg_dump".to_owned())?;
    let pipe = dump.stdout.take().ok_or_else(|| Failure::unexpected("pg_dump has no output"))?;
    let pipe: Stdio = pipe.try_into().at(|| "cannot pass the dump on".to_owned())?;
    // Nobody is connected to the database that is dropped and made again.
    let from = if name == "postgres" { "template1" } else { "postgres" };
    let mut restore = program(work, clients, "pg_restore");
    restore.args(["--exit-on-error", "--create", "--clean", "--if-exists", "--dbname", &work.new.address(from)]);
    restore.stdin(pipe).stdout(Stdio::null()).stderr(Stdio::piped());
    let restored = restore.spawn().at(|| "cannot run pg_restore".to_owned())?;
    // It holds the end that is read, and pg_dump would wait for a reader for ever once the other one has gone.
    drop(restore);
    let (dumped, restored) = tokio::join!(dump.wait_with_output(), restored.wait_with_output());
    let (dumped, restored) =
        (dumped.at(|| "cannot wait for pg_dump".to_owned())?, restored.at(|| "cannot wait for pg_restore".to_owned())?);
    let what = format!("database {name}");
    // A dump that breaks off is the cause of what the restore then says, unless it broke because nobody read it.
    let pipe_broke = !restored.status.success() && String::from_utf8_lossy(&dumped.stderr).contains("roken pipe");
    match (dumped.status.success() || pipe_broke, restored.status.success()) {
        (true, true) => Ok(()),
        (false, _) => Err(failed("pg_dump", &what, &[dumped.stderr, restored.stderr].concat())),
        (true, false) => Err(failed("pg_restore", &what, &restored.stderr)),
    }
}

fn program(work: &Work, clients: &Clients, name: &str) -> Command {
    let mut command = Command::from(work.account.command(&clients.path(name)));
    command.env("PGOPTIONS", session::options()).kill_on_drop(true);
    command
}

fn failed(program: &str, what: &str, said: &[u8]) -> Failure {
    let said = String::from_utf8_lossy(said).trim().to_owned();
    let first = said.lines().find(|line| line.contains("error:")).or(said.lines().next()).unwrap_or("it said nothing");
    Failure::new(Kind::Unexpected, format!("{program} of the upgrade failed at {what}: {first}"))
        .hint("nothing was changed: the old cluster is as it was; remove what the detail names, and upgrade again")
        .detail(said)
}
