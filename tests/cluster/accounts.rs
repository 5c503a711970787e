//! Root and ordinary users. As an ordinary user the suite runs as one throughout, and these add little.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use super::support::{Machine, answer, is_root, owner, rows};

/// A number that is no account, as `docker run --user` may give one.
const NUMBER: u32 = 54_321;

/// The ordinary account that every system has.
fn nobody() -> u32 {
    let text = fs::read_to_string("/etc/passwd").unwrap();
    let line = text.lines().find(|line| line.starts_with("nobody:")).unwrap();
    line.split(':').nth(2).unwrap().parse().unwrap()
}

/// The test binary where a stranger can run it; the one in `target` may be in somebody's closed home.
///
/// Copied by another process: while this one has the file open for writing, a child that another test forks holds it
/// open too, and running it would fail with "text file busy".
fn copy_of_this(machine: &Machine) -> PathBuf {
    let copy = machine.root().join("copy");
    let status = Command::new("cp").arg(std::env::current_exe().unwrap()).arg(&copy).status();
    assert!(status.unwrap().success());
    fs::set_permissions(&copy, Permissions::from_mode(0o755)).unwrap();
    copy
}

fn run_as(uid: u32, machine: &Machine, role: &str) -> Command {
    let mut command = Command::new(copy_of_this(machine));
    machine.furnish(&mut command, role);
    command.uid(uid).gid(uid);
    command
}

#[test]
fn a_user_with_an_empty_home_needs_nothing_else() {
    let machine = Machine::new();
    let home = machine.root().join("home");
    let run = |role: &str| {
        let mut command = if is_root() { run_as(nobody(), &machine, role) } else { machine.command(role) };
        answer(&command.env_remove("DOT_STATE_DIR").output().unwrap())
    };
    if is_root() {
        chown(&home, Some(nobody()), Some(nobody())).unwrap();
    }
    assert_eq!(rows(&run("add-row")), 1);
    let status = run("status");
    let data = PathBuf::from(status["data"].as_str().unwrap());
    assert!(data.starts_with(home.join(".local/state/dot")), "{status}");
    assert_eq!(owner(&data).0, owner(&home).0);
    assert_eq!(run("down")["stopped"], status["pid"]);
}

#[test]
fn a_user_without_an_account_is_told_what_is_missing() {
    if !is_root() {
        return;
    }
    let machine = Machine::new();
    let mut homeless = run_as(NUMBER, &machine, "up");
    let homeless = answer(&homeless.env_remove("DOT_STATE_DIR").env_remove("HOME").output().unwrap());
    assert!(homeless["error"]["hint"].as_str().unwrap().contains("DOT_STATE_DIR"), "{homeless}");

    fs::create_dir(machine.state()).unwrap();
    chown(machine.state(), Some(NUMBER), Some(NUMBER)).unwrap();
    let nameless = answer(&run_as(NUMBER, &machine, "up").output().unwrap());
    assert!(nameless["error"]["hint"].as_str().unwrap().contains("/etc/passwd"), "{nameless}");
}

#[test]
fn the_server_of_root_runs_as_somebody_else_behind_closed_doors() {
    if !is_root() {
        return;
    }
    let machine = Machine::new();
    let up = machine.run("up");
    assert_ne!(up["account"], "root");
    for closed in ["data", "socket_dir"] {
        let path = PathBuf::from(up[closed].as_str().unwrap());
        assert_ne!(owner(&path).0, 0, "{closed}");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700, "{closed}");
    }
    let denied = answer(&run_as(nobody(), &machine, "up").output().unwrap());
    assert_eq!(denied["error"]["kind"], "permission", "{denied}");
}

#[test]
fn root_serves_the_cluster_of_a_user_as_that_user() {
    if !is_root() {
        return;
    }
    let machine = Machine::new();
    fs::create_dir(machine.state()).unwrap();
    chown(machine.state(), Some(nobody()), Some(nobody())).unwrap();
    assert_eq!(machine.add_row(), 1);
    assert_eq!(owner(&machine.data()).0, nobody());
    machine.run("down");
    // And the user can go on with it.
    assert_eq!(rows(&answer(&run_as(nobody(), &machine, "add-row").output().unwrap())), 2);
}

#[test]
fn a_folder_that_the_account_of_the_server_cannot_reach_is_named() {
    if !is_root() {
        return;
    }
    let machine = Machine::new();
    fs::set_permissions(machine.root(), Permissions::from_mode(0o700)).unwrap();
    let answer = machine.run("up");
    assert_eq!(answer["error"]["kind"], "permission", "{answer}");
    assert!(answer["error"]["message"].as_str().unwrap().contains(machine.root().to_str().unwrap()), "{answer}");
}
