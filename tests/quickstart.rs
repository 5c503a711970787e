//! The main job on the local cluster: from nothing, twice, two at a time, from anywhere, and without a server's binaries.

use std::process::{Command, Stdio};

use crate::common::{Ran, bare};
use serde_json::Value;

/// A machine of its own: an empty home and an empty state directory, whose server is stopped at the end.
struct Machine {
    home: tempfile::TempDir,
    state: tempfile::TempDir,
}

impl Machine {
    fn new() -> Machine {
        let make = || crate::common::tempdir();
        let machine = Machine { home: make(), state: make() };
        // The server's account has to get through.
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        std::fs::set_permissions(machine.state.path(), open).expect("a mode");
        machine
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = bare(args);
        command.env("HOME", self.home.path()).env("DOT_STATE_DIR", self.state.path()).current_dir("/");
        command
    }

    fn quickstart(&self, args: &[&str]) -> Value {
        let ran = Ran::of(self.command(&[&["quickstart", "--json"], args].concat()).output().expect("dot runs"));
        ran.exits(0).json()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = self.command(&["down"]).output();
    }
}

fn steps(document: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    document["data"]["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .map(|step| (text(&step["command"]), text(&step["state"])))
        .collect()
}

/// Every step goes through the pipeline, a refusal and a rehearsal among them; again, and from a folder of one's own.
#[test]
fn from_nothing_twice_and_on_ones_own_documents() {
    let machine = Machine::new();
    let first = machine.quickstart(&[]);
    let expected = [
        ("dot up", "succeeded"),
        ("dot migrate apply", "succeeded"),
        ("dot catalog sync", "succeeded"),
        ("dot iu import", "succeeded"),
        ("dot phase0 survey", "succeeded"),
        ("dot phase0 autowire", "succeeded"),
        ("dot proposal submit", "succeeded"),
        ("dot proposal approve", "succeeded"),
        ("dot proposal apply", "succeeded"),
        ("dot proposal submit", "succeeded"),
        ("dot proposal approve", "succeeded"),
        ("dot proposal apply", "succeeded"),
        ("dot iu split", "refused"),
        ("dot gate set", "rehearsed"),
        ("dot phase0 verify", "succeeded"),
        ("dot iu health", "succeeded"),
    ];
    let expected: Vec<(String, String)> = expected.iter().map(|(c, s)| ((*c).to_owned(), (*s).to_owned())).collect();
    assert_eq!(steps(&first), expected);
    for step in first["data"]["steps"].as_array().expect("steps").iter().filter(|step| step["state"] == "succeeded") {
        if let Some(run) = step["run"].as_str() {
            let shown =
                Ran::of(machine.command(&["run", "list", "--json", "--reads", "--all"]).output().expect("dot runs"))
                    .exits(0);
            assert!(shown.stdout.contains(run), "{step}");
            break;
        }
    }
    assert!(first["data"]["health"].as_array().is_some_and(|rows| rows.iter().all(|row| row["state"] == "green")));
    assert_eq!(steps(&machine.quickstart(&[])), expected, "a second time");
    for next in first["data"]["next"].as_array().expect("next") {
        let line = next["command"].as_str().unwrap_or_default();
        if line == "dot down" {
            continue;
        }
        let mut shell = Command::new("sh");
        shell.args(["-c", &line.replacen("dot", "\"$DOT\"", 1)]).env_clear().env("DOT", env!("CARGO_BIN_EXE_dot"));
        shell.env("PATH", "/usr/bin:/bin").env("HOME", machine.home.path()).env("DOT_STATE_DIR", machine.state.path());
        Ran::of(shell.output().expect("sh runs")).exits(0);
    }

    let own = crate::common::tempdir();
    std::fs::write(own.path().join("own.md"), "# Mine\n\nA short text.\n").expect("a document");
    let mine = machine.quickstart(&["--input", &own.path().display().to_string()]);
    assert!(steps(&mine).contains(&("iu split".to_owned(), "skipped".to_owned())), "{mine}");
}

/// Two at the same time, from nothing, on one machine.
#[test]
fn two_at_the_same_time() {
    let machine = Machine::new();
    let start = || {
        let mut command = machine.command(&["quickstart", "--json"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("dot starts")
    };
    let both = [start(), start()];
    for child in both {
        let ended = Ran::of(child.wait_with_output().expect("it ends")).exits(0).json();
        assert_eq!(ended["ok"], true);
    }
}

/// As an ordinary user, where the tests run as root.
#[test]
fn as_an_ordinary_user() {
    if !rustix::process::getuid().is_root() {
        println!("skipped: this is an ordinary user already");
        return;
    }
    use std::os::unix::process::CommandExt;
    let home = crate::common::tempdir();
    let (uid, gid) = (65534, 65534);
    std::os::unix::fs::chown(home.path(), Some(uid), Some(gid)).expect("an owner");
    // The build's folder may be closed to others.
    let program = home.path().join("dot");
    std::fs::copy(env!("CARGO_BIN_EXE_dot"), &program).expect("a copy");
    let run = |args: &[&str]| {
        let mut command = Command::new(&program);
        command.args(args).env_clear().env("PATH", "/usr/bin:/bin").env("HOME", home.path()).current_dir("/");
        if let Some(bindir) = std::env::var_os("PG_BINDIR") {
            command.env("PG_BINDIR", bindir);
        }
        Ran::of(command.uid(uid).gid(gid).stdin(Stdio::null()).output().expect("dot runs"))
    };
    let first = run(&["quickstart", "--json"]).exits(0).json();
    assert_eq!(first["ok"], true);
    assert!(home.path().join(".local/state/dot").is_dir());
    run(&["down"]).exits(0);
}

/// Without a server's binaries: what to install, and the flag that fetches a build; nothing is left behind.
#[test]
fn without_a_server_it_says_what_to_do() {
    let machine = Machine::new();
    let empty = crate::common::tempdir();
    let ran =
        Ran::of(machine.command(&["quickstart", "--json"]).env("PG_BINDIR", empty.path()).output().expect("dot runs"));
    assert_ne!(ran.code, 0);
    let document = ran.json();
    let hint = document["error"]["hint"].as_str().unwrap_or_default();
    assert!(hint.contains("--fetch-postgres"), "{document}");
}

/// It never writes into a database that the environment happens to name.
#[test]
fn only_the_local_cluster_unless_told() {
    let db = crate::common::Db::new();
    let ran = db.dot(&["quickstart", "--json"]).exits(6).json();
    assert!(ran["error"]["message"].as_str().is_some_and(|message| message.contains("DATABASE_URL")));
    let url = db.url();
    let mut command = bare(&["quickstart", "--json", "--database-url", &url]);
    Ran::of(command.env("HOME", db.home()).output().expect("dot runs")).exits(0);
}
