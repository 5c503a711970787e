//! Kills at any moment: the next call brings it up, and no acknowledged row is lost.

use std::fs;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::common::times;

use super::support::{Machine, alive, eventually, first_answer, is_root, kill, owner, pid};

#[test]
fn a_killed_server_comes_back_with_every_committed_row() {
    let machine = Machine::new();
    for rows in 1..=4 {
        assert_eq!(machine.add_row(), rows);
        kill(pid(&machine.run("status")));
    }
    assert_eq!(machine.add_row(), 5);
}

#[test]
fn a_client_killed_during_the_first_start_leaves_nothing_in_the_way() {
    // The first start takes most of a second; the kills are spread over it and a little beyond.
    let trials = u64::from(times(5));
    for trial in 0..trials {
        let machine = Machine::new();
        let mut child = machine.command("up").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(30 + trial * 900 / trials));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(machine.add_row(), 1, "trial {trial}");
        let up = machine.up();
        assert_eq!(machine.add_row(), 2, "trial {trial}");
        assert_eq!(machine.up(), up, "trial {trial}");
    }
}

#[test]
fn a_server_killed_while_it_starts_comes_back() {
    let machine = Machine::new();
    assert_eq!(machine.add_row(), 1);
    let data = machine.data();
    let trials = i64::from(times(5));
    for trial in 0..trials {
        machine.run("down");
        let mut child = machine.command("up").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        eventually("a pid file", || fs::read_to_string(data.join("postmaster.pid")).is_ok_and(|text| !text.is_empty()));
        std::thread::sleep(Duration::from_millis((trial * 10 / trials).unsigned_abs()));
        let text = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
        if let Some(server) = text.lines().next().and_then(|line| rustix::process::Pid::from_raw(line.parse().ok()?)) {
            kill(server);
        }
        child.wait().unwrap();
        assert_eq!(machine.add_row(), trial + 2, "trial {trial}");
    }
}

/// A process that has nothing to do with us and belongs to the server's account, so that PostgreSQL takes it for a
/// server of its own.
fn foreign(machine: &Machine) -> Child {
    let (uid, gid) = owner(&machine.data());
    let mut command = Command::new("sleep");
    command.arg("600").current_dir("/");
    if is_root() {
        command.uid(uid).gid(gid);
    }
    command.spawn().unwrap()
}

#[test]
fn a_pid_file_whose_number_was_given_to_another_process_is_seen_through() {
    let machine = Machine::new();
    assert_eq!(machine.add_row(), 1);
    let status = machine.run("status");
    let data = machine.data();
    let socket_lock = std::path::Path::new(status["socket_dir"].as_str().unwrap()).join(".s.PGSQL.5432.lock");
    let pid_file = fs::read_to_string(data.join("postmaster.pid")).unwrap();
    let lock_file = fs::read_to_string(&socket_lock).unwrap();
    kill(pid(&status));
    let mut other = foreign(&machine);
    let number = status["pid"].to_string();
    for (path, text) in [(data.join("postmaster.pid"), pid_file), (socket_lock, lock_file)] {
        fs::write(&path, text.replacen(&number, &other.id().to_string(), 1)).unwrap();
    }
    let seen = machine.run("status");
    assert_eq!((&seen["running"], seen["pid"].is_null()), (&false.into(), true), "{seen}");
    assert!(machine.run("down")["stopped"].is_null());
    assert_eq!(machine.add_row(), 2);
    assert!(other.try_wait().unwrap().is_none(), "the other process was harmed");
    other.kill().unwrap();
    other.wait().unwrap();
}

#[test]
fn an_empty_or_garbled_pid_file_is_no_obstacle() {
    let machine = Machine::new();
    for (rows, text) in [(1, ""), (2, "rubbish\n"), (3, "99999999999\n")] {
        assert_eq!(machine.add_row(), rows);
        machine.run("down");
        let path = machine.data().join("postmaster.pid");
        fs::write(&path, text).unwrap();
        let (uid, gid) = owner(&machine.data());
        chown(&path, Some(uid), Some(gid)).unwrap();
    }
    assert_eq!(machine.add_row(), 4);
}

#[test]
fn a_server_whose_socket_was_removed_is_replaced() {
    let machine = Machine::new();
    assert_eq!(machine.add_row(), 1);
    let status = machine.run("status");
    fs::remove_dir_all(status["socket_dir"].as_str().unwrap()).unwrap();
    assert_eq!(machine.run("status")["running"], false);
    assert_eq!(machine.add_row(), 2);
    eventually("the old one has gone", || !alive(pid(&status)));
}

#[test]
fn a_dead_server_that_nobody_has_reaped_is_not_taken_for_a_live_one() {
    let machine = Machine::new();
    let mut command = machine.command("linger");
    let mut parent = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let server = pid(&first_answer(&mut parent));
    kill(server);
    assert!(alive(server), "it was reaped, so that this shows nothing");
    assert_eq!(machine.add_row(), 1);
    parent.kill().unwrap();
    parent.wait().unwrap();
}
