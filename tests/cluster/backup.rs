//! Backups: taken under load, verified, restored elsewhere, and refused where they are damaged.

use std::fs;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::support::Machine;
use crate::common::{Ran, bare};

/// The real binary on this machine.
pub fn command(machine: &Machine, args: &[&str]) -> Command {
    let mut command = bare(args);
    command.env("HOME", machine.root().join("home")).env("DOT_STATE_DIR", machine.state());
    if let Some(bindir) = std::env::var_os("PG_BINDIR") {
        command.env("PG_BINDIR", bindir);
    }
    command
}

pub fn dot(machine: &Machine, args: &[&str]) -> Ran {
    Ran::of(command(machine, args).output().expect("dot runs"))
}

pub fn data(ran: &Ran) -> Value {
    ran.json()["data"].clone()
}

/// A platform with a sealed log, and a table that a writer fills.
fn platform() -> Machine {
    let machine = Machine::new();
    dot(&machine, &["migrate", "apply", "--yes"]).exits(0);
    dot(&machine, &["catalog", "sync", "--yes"]).exits(0);
    dot(&machine, &["audit", "keygen", "--name", "example.org/backup"]).exits(0);
    dot(&machine, &["audit", "seal"]).exits(0);
    machine.execute("create table public.kept (n int primary key)");
    machine
}

/// Rows one by one, as fast as it goes; each is acknowledged before the next.
fn write_until(machine: &Machine, stop: &AtomicBool, from: i64) -> i64 {
    let mut n = from;
    while !stop.load(Ordering::Relaxed) {
        n += 1;
        machine.query(&format!("insert into public.kept values ({n}) returning n::text"));
    }
    n
}

fn count(machine: &Machine) -> (i64, i64) {
    let said = machine.query("select count(*) || ' ' || coalesce(max(n), 0) from public.kept");
    let (rows, last) = said.split_once(' ').expect("two numbers");
    (rows.parse().expect("a number"), last.parse().expect("a number"))
}

/// A dry run of this command leaves no backup, and is recorded as rehearsed.
pub fn rehearses(words: &[&str]) {
    let machine = platform();
    let document = dot(&machine, &[words, &["--dry-run", "--json"]].concat()).exits(0).json();
    assert_eq!(document["dry_run"], true, "{document}");
    assert_eq!(
        machine.query("select string_agg(state, ' ') from dot.dot_command_run where mode = 'dry_run'"),
        "rehearsed"
    );
    assert!(!machine.state().join("backups").exists());
}

#[test]
fn what_was_acknowledged_before_is_in_it() {
    let machine = platform();
    machine.execute("insert into public.kept select generate_series(1, 20000)");
    let stop = AtomicBool::new(false);
    let (taken, written) = std::thread::scope(|scope| {
        let writer = scope.spawn(|| write_until(&machine, &stop, 20_000));
        std::thread::sleep(Duration::from_millis(300));
        let taken = dot(&machine, &["backup", "run", "--json"]);
        stop.store(true, Ordering::Relaxed);
        (data(&taken.exits(0)), writer.join().expect("a writer"))
    });
    assert!(taken["bytes"].as_u64() > Some(10_000_000), "{taken}");
    assert_eq!(data(&dot(&machine, &["backup", "list", "--json"]).exits(0))[0]["backup"], taken["backup"]);
    let seen = data(&dot(&machine, &["backup", "verify", "--json"]).exits(0));
    assert_eq!((&seen["ok"], &seen["databases"][0]["database"]), (&true.into(), &"dot".into()), "{seen}");
    assert!(seen["databases"][0]["leaves"].as_u64() > Some(0), "{seen}");
    // What has passed since is no fault of the backup's.
    dot(&machine, &["queue", "pause", "default"]).exits(0);
    dot(&machine, &["audit", "seal"]).exits(0);
    let seen = data(&dot(&machine, &["backup", "verify", "--json"]).exits(0));
    assert!(seen["databases"][0]["since"].as_array().is_some_and(|since| !since.is_empty()), "{seen}");

    let from = machine.state().join("backups").display().to_string();
    let elsewhere = Machine::new();
    assert_eq!(dot(&elsewhere, &["backup", "restore", "--dir", &from]).code, 7, "it is asked for");
    dot(&elsewhere, &["backup", "restore", "--dir", &from, "--yes"]).exits(0);
    let (rows, last) = count(&elsewhere);
    assert!((20_000..=written).contains(&rows) && rows == last, "{rows} rows up to {last} of {written}: no gap");
    dot(&elsewhere, &["audit", "verify"]).exits(0);

    let refused = dot(&machine, &["backup", "restore", "--yes"]).exits(6).stderr;
    assert!(refused.contains("--replace"), "{refused}");
    let put = data(&dot(&machine, &["backup", "restore", "--replace", "--yes", "--json"]).exits(0));
    assert_eq!(count(&machine), (rows, last));
    assert!(Path::new(put["former_data"].as_str().expect("a folder")).join("PG_VERSION").is_file(), "{put}");
}

#[test]
fn a_damaged_one_is_refused() {
    let machine = platform();
    for n in 1..=3 {
        dot(&machine, &["backup", "run", "--keep", "2"]).exits(0);
        let known = data(&dot(&machine, &["backup", "list", "--json"]));
        assert_eq!(known.as_array().map(Vec::len), Some(n.min(2)));
    }
    let known = data(&dot(&machine, &["backup", "list", "--json"]));
    let path = PathBuf::from(known[0]["path"].as_str().expect("a path"));
    let from = machine.state().join("backups").display().to_string();
    let elsewhere = Machine::new();
    let refused = |what: &str| {
        let said = dot(&machine, &["backup", "verify"]).exits(11).stderr;
        assert!(said.contains("is damaged") && said.contains(what), "{what}: {said}");
        let said = dot(&elsewhere, &["backup", "restore", "--dir", &from, "--yes"]);
        assert!([0, 11].contains(&said.code), "{}", said.stderr);
        said.code
    };
    // What goes away is a backup of this cluster, and never the new one; a folder that is none is left alone.
    fs::create_dir(machine.state().join("backups/webapp")).expect("a folder");
    fs::write(machine.state().join("backups/webapp/manifest.json"), "{}").expect("a file");
    let kept = machine.state().join("backups/before-upgrade");
    fs::rename(&path, &kept).expect("a name");
    let taken = data(&dot(&machine, &["backup", "run", "--keep", "2", "--json"]).exits(0));
    assert!(machine.state().join("backups/webapp").exists() && kept.exists(), "{taken}");
    fs::remove_dir_all(machine.state().join("backups/webapp")).expect("a folder");
    let path = PathBuf::from(taken["path"].as_str().expect("a path"));
    assert!(path.exists(), "{taken}");
    let some = path.join("data/base/1/1255");
    flip(&some);
    assert_eq!(refused("base/1/1255"), 11);
    assert!(!elsewhere.state().join("pg15/data").exists(), "nothing is left of it");
    flip(&some);
    fs::rename(&some, path.join("away")).expect("a file");
    assert_eq!(refused("base/1/1255"), 11);
    fs::rename(path.join("away"), &some).expect("a file");
    flip(&path.join("manifest.json"));
    assert_eq!(refused("manifest.json"), 11);
    flip(&path.join("manifest.json"));
    fs::write(path.join("data/postgresql.auto.conf.d"), "x").expect("a file");
    let said = dot(&machine, &["backup", "verify"]).exits(11).stderr;
    assert!(said.contains("postgresql.auto.conf.d: it is not in the manifest"), "{said}");
    fs::remove_file(path.join("data/postgresql.auto.conf.d")).expect("a file");
    // What is no plain file is neither followed nor waited for.
    for made in ["ln -s /etc/passwd", "mkfifo"] {
        let link = path.join("data/odd");
        assert!(Command::new("sh").args(["-c", &format!("{made} {}", link.display())]).status().expect("sh").success());
        dot(&machine, &["backup", "verify"]).exits(6);
        dot(&elsewhere, &["backup", "restore", "--dir", &from, "--yes", taken["backup"].as_str().expect("a name")])
            .exits(6);
        fs::remove_file(&link).expect("a file");
    }
    fs::rename(path.join("manifest.sha256"), path.join("away")).expect("a file");
    let listed = data(&dot(&machine, &["backup", "list", "--json"]).exits(0));
    assert!(listed.to_string().contains("damaged"), "{listed}");
    fs::rename(path.join("away"), path.join("manifest.sha256")).expect("a file");
    // A restore that fails leaves the cluster as it was: running.
    flip(&some);
    let name = taken["backup"].as_str().expect("a name");
    dot(&machine, &["backup", "restore", "--replace", "--yes", name]).exits(11);
    assert_eq!(data(&dot(&machine, &["status", "--json"]))["running"], true);
    flip(&some);
    dot(&machine, &["backup", "verify"]).exits(0);
    dot(&machine, &["backup", "verify", "no-such"]).exits(5);
    assert!(leftovers(machine.state()).is_empty());
}

/// Turns the first byte of a file round; twice is as before.
fn flip(path: &Path) {
    let mut file = fs::OpenOptions::new().read(true).write(true).open(path).expect("a file");
    let mut byte = [0];
    file.read_exact(&mut byte).expect("a byte");
    file.seek(SeekFrom::Start(0)).expect("its place");
    file.write_all(&[!byte[0]]).expect("a byte");
}

/// Scratch servers and unfinished copies.
fn leftovers(state: &Path) -> Vec<String> {
    let names = |dir: PathBuf| {
        fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.file_name().display().to_string())
    };
    let mut found: Vec<String> = names(state.to_owned()).filter(|name| name.starts_with("scratch.")).collect();
    found.extend(names(state.join("backups")).filter(|name| name.starts_with('.')));
    found
}

/// One that was killed leaves nothing that counts, and the next removes what it left.
#[test]
fn a_killed_one_is_none() {
    let machine = platform();
    machine.execute("insert into public.kept select generate_series(1, 200000)");
    for after in [30, 80, 130] {
        let mut child: Child = command(&machine, &["backup", "run"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("dot runs");
        std::thread::sleep(Duration::from_millis(after));
        child.kill().expect("a signal");
        child.wait().expect("its end");
    }
    let taken = data(&dot(&machine, &["backup", "run", "--json"]).exits(0));
    assert!(leftovers(machine.state()).is_empty());
    for known in data(&dot(&machine, &["backup", "list", "--json"])).as_array().expect("backups") {
        dot(&machine, &["backup", "verify", known["backup"].as_str().expect("a name")]).exits(0);
    }
    assert!(taken["backup"].is_string());
    // Other servers are none of its.
    let url = format!("postgres:///dot?host={}", machine.state().join("pg15/run").display());
    let refused = dot(&machine, &["backup", "run", "--database-url", &url]).exits(6).stderr;
    assert!(refused.contains("pg_basebackup"), "{refused}");
}

/// Two at once: one of them is told so. A server that looks into a backup archives nothing.
#[test]
fn one_at_a_time_and_quietly() {
    let machine = platform();
    let place = machine.state().join("backups");
    fs::create_dir_all(&place).expect("a folder");
    let held = fs::File::open(&place).expect("a folder");
    held.lock().expect("a lock");
    let refused = dot(&machine, &["backup", "run"]).exits(10).stderr;
    assert!(refused.contains("another backup is being taken"), "{refused}");
    drop(held);
    let log = machine.root().join("archived");
    machine.execute("alter system set archive_mode = on");
    machine.execute(&format!("alter system set archive_command = 'echo $PWD >> {} ; true'", log.display()));
    dot(&machine, &["down"]).exits(0);
    dot(&machine, &["backup", "run"]).exits(0);
    dot(&machine, &["backup", "verify"]).exits(0);
    assert!(!fs::read_to_string(&log).unwrap_or_default().contains("scratch."), "nothing of the copy's");
}

/// A restore that was killed between the two renames: the data is named, and no empty cluster is made in its place.
#[test]
fn what_was_put_aside_is_not_forgotten() {
    let machine = platform();
    dot(&machine, &["down"]).exits(0);
    let data = machine.data();
    let aside = data.with_file_name("data.replaced.20261130T000000000000Z");
    fs::rename(&data, &aside).expect("a name");
    let refused = dot(&machine, &["up", "--json"]).exits(6).json()["error"]["hint"].to_string();
    assert!(refused.contains(&format!("mv {} {}", aside.display(), data.display())), "{refused}");
    fs::rename(&aside, &data).expect("a name");
    dot(&machine, &["up"]).exits(0);
}

/// Whoever looks into a backup and is interrupted leaves nothing; what one that was killed has left, the next one removes.
#[test]
fn looking_leaves_no_server_behind() {
    let machine = platform();
    dot(&machine, &["backup", "run"]).exits(0);
    for signal in [Signal::INT, Signal::KILL] {
        let mut child = command(&machine, &["backup", "verify"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("dot runs");
        let began = Instant::now();
        let is_up = |name: &str| machine.state().join(name).join("pg15/data/postmaster.pid").exists();
        while !leftovers(machine.state()).iter().any(|name| is_up(name)) {
            assert!(began.elapsed() < Duration::from_secs(30), "a server to look with");
            std::thread::sleep(Duration::from_millis(5));
        }
        kill_process(Pid::from_child(&child), signal).expect("a signal");
        child.wait().expect("its end");
        assert_eq!(leftovers(machine.state()).is_empty(), signal == Signal::INT);
    }
    dot(&machine, &["backup", "verify"]).exits(0);
    assert!(leftovers(machine.state()).is_empty());
}

/// Each backup would hold those before it.
#[test]
fn a_folder_inside_the_data_is_refused() {
    let machine = platform();
    let data = machine.query("select current_setting('data_directory')");
    let link = machine.root().join("link");
    std::os::unix::fs::symlink(&data, &link).expect("a link");
    for dir in [data.clone(), format!("{data}/base/mine"), format!("{}/mine/deep", link.display())] {
        let refused = dot(&machine, &["backup", "run", "--dir", &dir, "--json"]).exits(6).json();
        assert!(refused["error"]["message"].as_str().expect("a message").contains("inside the data"), "{refused}");
    }
    assert!(!Path::new(&data).join("base/mine").exists() && !Path::new(&data).join("mine").exists());
}

#[test]
fn a_manifest_is_held_to_its_files() {
    let machine = platform();
    let taken = data(&dot(&machine, &["backup", "run", "--json"]).exits(0));
    let name = taken["backup"].as_str().expect("a name");
    let dir = machine.state().join("backups").join(name);
    let written = fs::read_to_string(dir.join("manifest.json")).expect("a manifest");
    let honest: Value = serde_json::from_str(&written).expect("JSON");
    for (member, forged) in [
        ("system_identifier", Value::from("1")),
        ("start", Value::from("FFFFFFFF/FFFFFFFF")),
        ("finished_at", Value::from("9999\u{1b}[2Jx")),
    ] {
        let mut manifest = honest.clone();
        manifest[member] = forged;
        let text = manifest.to_string();
        fs::write(dir.join("manifest.sha256"), dot::hex::hex(&<sha2::Sha256 as sha2::Digest>::digest(&text)))
            .expect("written");
        fs::write(dir.join("manifest.json"), text).expect("written");
        for command in [
            ["backup", "verify", name, "--json"].as_slice(),
            &["backup", "restore", name, "--yes", "--replace", "--json"],
        ] {
            let refused = dot(&machine, command);
            assert_ne!(refused.code, 0, "{member} {command:?}");
            assert!(refused.stdout.contains(member), "{}", refused.stdout);
        }
    }
}
