//! Killed at any moment: the next command finds the old cluster or the new one, whole.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use super::{Pair, folders, kept_rows, major, pair, small_cluster, status};
use crate::cluster::backup::{command, data, dot};
use crate::cluster::support::{Machine, eventually};
use crate::common::Ran;

/// The folder of an upgrade that is at work, or was.
fn work(machine: &Machine) -> Option<PathBuf> {
    let mut entries = fs::read_dir(machine.state()).unwrap().flatten().map(|entry| entry.path());
    entries.find(|path| path.file_name().unwrap().to_string_lossy().starts_with("upgrade."))
}

/// Data folders below the state folder that a server process works in.
fn servers(machine: &Machine) -> usize {
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let folders = entries.filter_map(|entry| fs::read_link(entry.path().join("cwd")).ok());
    folders.filter(|folder| folder.starts_with(machine.state())).collect::<BTreeSet<PathBuf>>().len()
}

fn is_as_it_was(machine: &Machine, pair: &Pair, before: &[String]) {
    dot(machine, &["up"]).exits(0);
    assert_eq!((kept_rows(machine), major(machine)), ("10000".to_owned(), u64::from(pair.old.0)));
    assert_eq!(folders(machine), before);
    eventually("no other server is left", || servers(machine) == 1);
}

#[test]
fn a_killed_upgrade_leaves_the_old_or_the_new() {
    let Some(pair) = pair() else { return };
    let machine = small_cluster(pair, &[pair.old.0, pair.new.0]);
    let before = folders(&machine);
    let new = format!("pg{}", pair.new.0);
    // While initdb works; while the new server has just begun; while it is filled.
    let moments: [(&str, u64); 3] =
        [(&new, 0), (&format!("{new}/data/postmaster.pid"), 0), (&format!("{new}/data/postmaster.pid"), 400)];
    for (there, more) in moments {
        let mut child = command(&machine, &["up", "--upgrade", "--yes"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        eventually(there, || work(&machine).is_some_and(|work| work.join(there).exists()));
        std::thread::sleep(Duration::from_millis(more));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(work(&machine).is_some(), "it was killed at work");
        is_as_it_was(&machine, pair, &before);
    }

    // Between the first rename and the second.
    let (old_dir, new_dir) = (machine.state().join(format!("pg{}", pair.old.0)), machine.state().join(&new));
    dot(&machine, &["down"]).exits(0);
    let between = old_dir.join(format!("data.switching.{}.20261130T000000000000Z", pair.new.0));
    fs::rename(old_dir.join("data"), &between).unwrap();
    is_as_it_was(&machine, pair, &before);

    // Two at once: the second waits, and finds it done.
    let children: Vec<_> = (0..2)
        .map(|_| {
            command(&machine, &["up", "--upgrade", "--yes", "--json"])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let answers: Vec<_> =
        children.into_iter().map(|child| data(&Ran::of(child.wait_with_output().unwrap()).exits(0))).collect();
    assert_eq!(answers.iter().filter(|answer| answer["upgraded"].is_object()).count(), 1, "{answers:?}");
    assert_eq!((kept_rows(&machine), major(&machine)), ("10000".to_owned(), u64::from(pair.new.0)));
    assert_eq!(status(&machine)["kept"].as_array().map(Vec::len), Some(1));

    // After the second rename and before the third.
    dot(&machine, &["down"]).exits(0);
    let kept = PathBuf::from(status(&machine)["kept"][0]["data"].as_str().unwrap());
    fs::rename(&kept, &between).unwrap();
    dot(&machine, &["up"]).exits(0);
    assert_eq!((kept_rows(&machine), major(&machine)), ("10000".to_owned(), u64::from(pair.new.0)));
    assert_eq!(status(&machine)["kept"].as_array().map(Vec::len), Some(1));

    // Whoever moves the new data away gets no empty cluster in its place, nor may the old be removed.
    dot(&machine, &["down"]).exits(0);
    fs::rename(new_dir.join("data"), machine.root().join("moved")).unwrap();
    dot(&machine, &["up"]).exits(6);
    dot(&machine, &["up", "--remove-old", "--yes"]).exits(6);
    fs::rename(machine.root().join("moved"), new_dir.join("data")).unwrap();
    dot(&machine, &["up"]).exits(0);
}
