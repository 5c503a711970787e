//! Bringing it up where nothing is wrong.

use std::fs;
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process_group};

use super::support::{Machine, alive, answer, eventually, first_answer, kill, pid};

#[test]
fn it_comes_up_stays_up_and_goes_down() {
    let machine = Machine::new();
    let first = machine.run("up");
    assert_eq!(first["running"], true, "{first}");
    let version = first["server_version"].as_str().unwrap();
    assert!(version.starts_with(&first["major"].to_string()), "{first}");
    assert_eq!(machine.up(), pid(&first), "a second call found another server");

    assert_eq!(machine.run("down")["stopped"], first["pid"]);
    eventually("its process has gone", || !alive(pid(&first)));
    assert!(machine.run("down")["stopped"].is_null());
    let stopped = machine.run("status");
    assert_eq!((&stopped["exists"], &stopped["running"]), (&true.into(), &false.into()));

    assert_eq!(machine.add_row(), 1);
}

#[test]
fn looking_touches_nothing() {
    let machine = Machine::new();
    let status = machine.run("status");
    assert_eq!((&status["exists"], &status["running"]), (&false.into(), &false.into()));
    assert!(machine.run("down")["stopped"].is_null());
    assert!(!machine.state().exists());
}

#[test]
fn it_is_durable_private_and_speaks_unicode() {
    let machine = Machine::new();
    machine.up();
    let set = |name: &str| machine.query(&format!("select current_setting('{name}')"));
    for name in ["fsync", "synchronous_commit", "full_page_writes", "track_io_timing", "data_checksums"] {
        assert_eq!(set(name), "on", "{name}");
    }
    assert_ne!(set("wal_compression"), "off");
    assert_eq!(set("listen_addresses"), "");
    assert_eq!(set("unix_socket_permissions"), "0700");
    assert_eq!(set("max_connections"), "200");
    assert_eq!(set("max_wal_size"), "4GB");
    assert_eq!(set("server_encoding"), "UTF8");
    assert_eq!(machine.query("select current_user::text"), "dot");
    assert_eq!(machine.query("select current_database()::text"), "dot");
    assert_eq!(machine.query("select lower('ĐẠI HỌC ƯỚC')"), "đại học ước");
    assert_eq!(machine.query("select to_tsvector('simple', 'TUYỂN')::text"), "'tuyển':1");
    assert_eq!(machine.query("select string_agg(x, '' order by x) from unnest('{b,A,a,B}'::text[]) x"), "ABab");
}

#[test]
fn twenty_cold_starts_at_once_make_one_server() {
    let machine = Machine::new();
    let children: Vec<_> =
        (0..20).map(|_| machine.command("up").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()).collect();
    let answers: Vec<_> = children.into_iter().map(|child| answer(&child.wait_with_output().unwrap())).collect();
    for answer in &answers {
        assert_eq!(pid(answer), pid(&answers[0]), "{answer}");
    }
    assert_eq!(machine.log().matches("starting PostgreSQL").count(), 1);
    assert_eq!(machine.log().matches("FATAL").count(), 0);
}

#[test]
fn it_survives_its_starter() {
    let machine = Machine::new();
    for signal in [Signal::INT, Signal::KILL] {
        let mut command = machine.command("linger");
        let mut child = command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let server = pid(&first_answer(&mut child));
        // What a terminal does on Ctrl-C, and what a supervisor does.
        kill_process_group(Pid::from_child(&child), signal).unwrap();
        child.wait().unwrap();
        assert_eq!(machine.up(), server, "{signal:?}");
        machine.run("down");
    }
}

#[test]
fn it_holds_nothing_of_its_starter() {
    let machine = Machine::new();
    let kept = machine.root().join("kept-open");
    // As a script does that holds a lock on descriptor 7 while it works.
    let mut command = Command::new("sh");
    command.args(["-c", "exec 7>\"$KEPT\"; exec \"$0\" \"$@\""]).arg(std::env::current_exe().unwrap());
    machine.furnish(&mut command, "up");
    let mut child = command.env("KEPT", &kept).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Both pipes end with the child, though the server lives on.
    let mut text = String::new();
    child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut text).unwrap();
    assert!(child.wait().unwrap().success());
    let server = pid(&machine.run("status"));
    let Ok(open) = fs::read_dir(format!("/proc/{}/fd", server.as_raw_nonzero())) else {
        return;
    };
    for entry in open {
        let target = fs::read_link(entry.unwrap().path()).unwrap_or_default();
        assert_ne!(target, kept);
        assert!(!target.ends_with("state/lock"));
    }
}

#[test]
fn a_long_path_and_a_strange_name_work() {
    for name in ["x".repeat(180), "a b,'c' \"d\" đ %s".to_owned()] {
        let machine = Machine::with_state(&name);
        let up = machine.run("up");
        assert_eq!(up["running"], true, "{up}");
        assert_eq!(machine.add_row(), 1);
        let beside = up["socket_dir"].as_str().unwrap().starts_with(machine.root().to_str().unwrap());
        assert_eq!(beside, name.len() < 90, "{up}");
        let server = pid(&up);
        kill(server);
        assert_eq!(machine.add_row(), 2);
        machine.run("down");
        assert!(!Path::new(up["socket_dir"].as_str().unwrap()).exists());
    }
}
