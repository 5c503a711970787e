//! A machine of its own for each test.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use serde_json::Value;
use tempfile::TempDir;

use super::roles::ROLE;

/// An empty home and an empty state folder. The server, if one was started, is stopped when this is dropped.
pub struct Machine {
    root: TempDir,
    state: PathBuf,
}

impl Machine {
    pub fn new() -> Machine {
        Machine::with_state("state")
    }

    /// With a state folder of the given name.
    pub fn with_state(name: &str) -> Machine {
        let root = crate::common::tempdir();
        // Open to pass through, as /var/lib is; root's server runs under another account.
        fs::set_permissions(root.path(), Permissions::from_mode(0o755)).unwrap();
        fs::create_dir(root.path().join("home")).unwrap();
        let state = root.path().join(name);
        Machine { root, state }
    }

    pub fn root(&self) -> &Path {
        self.root.path()
    }

    pub fn state(&self) -> &Path {
        &self.state
    }

    /// A child in a role, with an environment that is the same on every machine but for where PostgreSQL is.
    pub fn command(&self, role: &str) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        self.furnish(&mut command, role);
        command
    }

    /// Arguments and environment of a role, for a command that ends in the test binary.
    pub fn furnish(&self, command: &mut Command, role: &str) {
        command.args(["--exact", "cluster::roles::role", "--nocapture", "--test-threads=1"]);
        command.env_clear().env(ROLE, role).env("HOME", self.root().join("home")).env("DOT_STATE_DIR", &self.state);
        for name in ["PATH", "PG_BINDIR"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        command.stdin(Stdio::null()).current_dir("/");
    }

    /// Runs a role to its end and returns its answer.
    pub fn run(&self, role: &str) -> Value {
        answer(&self.command(role).output().unwrap())
    }

    /// One value from the database; the statement must give text.
    pub fn query(&self, sql: &str) -> String {
        let output = self.command("query").env("DOT_TEST_SQL", sql).output().unwrap();
        let answer = answer(&output);
        answer["value"].as_str().unwrap_or_else(|| panic!("{sql}: {answer}")).to_owned()
    }

    pub fn execute(&self, sql: &str) {
        let answer = answer(&self.command("execute").env("DOT_TEST_SQL", sql).output().unwrap());
        assert!(answer["error"].is_null(), "{sql}: {answer}");
    }

    /// Commits one row and returns how many there are now.
    pub fn add_row(&self) -> i64 {
        rows(&self.run("add-row"))
    }

    /// Brings the server up and returns its process.
    pub fn up(&self) -> Pid {
        pid(&self.run("up"))
    }

    /// The log of the server, wherever its major put it.
    pub fn log(&self) -> String {
        let status = self.run("status");
        fs::read_to_string(status["log"].as_str().unwrap()).unwrap_or_default()
    }

    pub fn data(&self) -> PathBuf {
        PathBuf::from(self.run("status")["data"].as_str().unwrap())
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = self.command("down").output();
    }
}

/// The answer of a child that has ended.
pub fn answer(output: &Output) -> Value {
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix('@'));
    let line = line.unwrap_or_else(|| panic!("no answer: {text}\n{}", String::from_utf8_lossy(&output.stderr)));
    serde_json::from_str(line).unwrap()
}

/// Waits for the answer of a child that goes on running. Its stdout must be piped.
pub fn first_answer(child: &mut Child) -> Value {
    let lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    let line = lines.map_while(Result::ok).find_map(|line| line.strip_prefix('@').map(str::to_owned));
    serde_json::from_str(&line.expect("the child has ended without an answer")).unwrap()
}

/// The server's process in an answer of `up` or `status`.
pub fn pid(answer: &Value) -> Pid {
    let number = answer["pid"].as_i64().unwrap_or_else(|| panic!("no server: {answer}"));
    Pid::from_raw(i32::try_from(number).unwrap()).unwrap()
}

/// The number of rows in an answer of `add-row`.
pub fn rows(answer: &Value) -> i64 {
    answer["rows"].as_i64().unwrap_or_else(|| panic!("no rows: {answer}"))
}

/// Makes an executable script. Written by another process, for the reason given in `accounts::copy_of_this`.
pub fn script(path: &Path, text: &str) {
    let mut command = Command::new("sh");
    let status = command.args(["-c", "printf '%s' \"$1\" >\"$0\" && chmod 755 \"$0\""]).arg(path).arg(text).status();
    assert!(status.unwrap().success());
}

pub fn kill(pid: Pid) {
    kill_process(pid, Signal::KILL).unwrap();
}

pub fn alive(pid: Pid) -> bool {
    test_kill_process(pid).is_ok()
}

pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Who owns a path: the account that the server of a data folder runs as.
pub fn owner(path: &Path) -> (u32, u32) {
    let found = fs::metadata(path).unwrap();
    (found.uid(), found.gid())
}

/// Waits for something that another process brings about.
pub fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !holds() {
        assert!(Instant::now() < end, "never happened: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
