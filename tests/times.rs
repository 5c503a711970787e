//! A time without a zone is taken in the one that is said, and how it was taken is shown.

use serde_json::Value;

use crate::common::Ran;
use crate::job::line::Line;

struct Asked<'a>(&'a Line);

impl Asked<'_> {
    fn run(&self, args: &[&str], environment: &[(&str, &str)]) -> Ran {
        let mut command = self.0.command(args);
        command.current_dir(self.0.db.home()).envs(environment.iter().copied());
        Ran::of(command.output().expect("dot runs"))
    }

    /// When the job that this enqueues is to run, as the database has it, in UTC.
    fn runs_at(&self, more: &[&str], environment: &[(&str, &str)]) -> String {
        let args = [&["job", "enqueue", "system.noop", "--json"], more].concat();
        let done: Value = self.run(&args, environment).exits(0).json();
        let job = &done["data"]["job"];
        self.0.db.one(&format!("select run_at at time zone 'UTC' from dot.job_queue where job_id = {job}"))
    }
}

#[test]
fn a_time_of_day_is_not_lost() {
    let line = Line::new();
    let asked = Asked(&line);
    let at = ["--run-at", "2030-12-01 10:00"];
    let in_paris = [&at[..], &["--zone", "Europe/Paris"]].concat();
    assert_eq!(asked.runs_at(&in_paris, &[]), "2030-12-01 09:00:00");
    let input = r#"{"kind": "system.noop", "run_at": "2030-12-01 10:00"}"#;
    let done =
        asked.run(&["job", "enqueue", "--input", input, "--zone", "Europe/Paris", "--json"], &[]).exits(0).json();
    assert_eq!(done["times"]["run-at"], "2030-12-01T10:00:00+01:00");
    // What was understood is shown to people too, in a rehearsal as in a run, and where nothing is run.
    for more in [&["--dry-run"][..], &["--yes"], &["--explain"]] {
        let args = [&["job", "enqueue", "system.noop"], &in_paris[..], more].concat();
        let ran = asked.run(&args, &[]).exits(0);
        assert!(ran.stderr.contains("run-at is 2030-12-01 10:00:00+01:00\n"), "{more:?}: {}", ran.stderr);
    }

    // Letters of the morning are not those of the afternoon.
    line.db.sql("insert into dot.job_dead_letter (job_id, kind_id, queue_id, priority, attempts, failure_class, reason, error, died_at, enqueued_by, payload)
        select n, k.kind_id, q.queue_id, 5, 1, 'permanent', 'permanent', '{}', timestamptz '2026-11-29 08:30:00Z' + n * interval '1 hour', 'x', '{}'
          from generate_series(0, 3) n, dot.job_kind_registry k, dot.queue_registry q where k.job_kind = 'system.noop' and q.queue_code = 'default'");
    let since = ["--since", "2026-11-29 11:00", "--zone", "Europe/Paris", "--json"];
    let listed = asked.run(&[&["dlq", "list"], &since[..]].concat(), &[]).exits(0).json();
    assert_eq!(listed["data"].as_array().map(Vec::len), Some(2), "{listed}");
    let requested = asked.run(&[&["dlq", "request", "--note", "again"], &since[..]].concat(), &[]).exits(0).json();
    assert_eq!(requested["data"]["letters"], 2, "{requested}");
    assert_eq!(requested["times"]["since"], "2026-11-29T11:00:00+01:00");
}

/// Flag, environment, project file, user file, machine: the first that says one.
#[test]
fn the_zone_is_that_of_whoever_says_it_first() {
    let line = Line::new();
    let asked = Asked(&line);
    let at = ["--run-at", "2030-12-01 10:00"];
    assert_eq!(asked.runs_at(&at, &[("TZ", "UTC")]), "2030-12-01 10:00:00");
    let machine = ("TZ", "Asia/Tokyo");
    assert_eq!(asked.runs_at(&at, &[machine]), "2030-12-01 01:00:00");
    let user = line.db.home().join(".config/dot");
    std::fs::create_dir_all(&user).expect("a folder");
    std::fs::write(user.join("config.toml"), "zone = \"America/New_York\"\n").expect("a file");
    assert_eq!(asked.runs_at(&at, &[machine]), "2030-12-01 15:00:00");
    std::fs::write(line.db.home().join(".dot.toml"), "zone = \"Asia/Kathmandu\"\n").expect("a file");
    assert_eq!(asked.runs_at(&at, &[machine]), "2030-12-01 04:15:00");
    let environment = [machine, ("DOT_ZONE", "Asia/Kolkata")];
    assert_eq!(asked.runs_at(&at, &environment), "2030-12-01 04:30:00");
    assert_eq!(asked.runs_at(&[&at[..], &["--zone", "+03:00"]].concat(), &environment), "2030-12-01 07:00:00");
    // A time with its offset needs none.
    assert_eq!(asked.runs_at(&["--run-at", "2030-12-01T10:00:00Z"], &environment), "2030-12-01 10:00:00");
    let doctor = asked.run(&["doctor", "--json"], &environment).json();
    let zone =
        doctor["data"]["settings"].as_array().expect("rows").iter().find(|row| row["setting"] == "zone").cloned();
    assert_eq!(zone.map(|zone| zone["source"].clone()), Some(Value::from("environment DOT_ZONE")));

    std::fs::remove_file(line.db.home().join(".dot.toml")).expect("the file");
    std::fs::remove_file(user.join("config.toml")).expect("the file");
    let unknown = asked.run(&[&["job", "enqueue", "system.noop", "--json"], &at[..]].concat(), &[("TZ", "Mars/Base")]);
    let unknown = unknown.exits(2).json();
    assert!(unknown["error"]["message"].as_str().expect("a message").contains("TZ=Mars/Base"), "{unknown}");
    asked.run(&["gate", "list"], &[("TZ", "Mars/Base")]).exits(0);
    let wrong = asked.run(&[&["job", "enqueue", "system.noop", "--zone", "Mars", "--json"], &at[..]].concat(), &[]);
    assert!(wrong.exits(2).json()["error"]["message"].as_str().expect("a message").contains("`Mars` (flag)"));
}

/// In a place of the stream, and in the arguments of a job that runs a command, times are read as everywhere.
#[test]
fn every_time_is_read_by_the_same_rules() {
    let line = Line::new();
    let asked = Asked(&line);
    let create =
        ["subscription", "create", "reports", "--type", "test.*", "--json", "--zone", "Europe/Paris", "--from"];
    let refused = |args: &[&str], what: &str| {
        let message = asked.run(args, &[]).exits(2).json()["error"]["message"].as_str().expect("a message").to_owned();
        assert!(message.contains(what), "{message}");
    };
    refused(
        &[&create[..], &["2026-03-29 02:30"]].concat(),
        "--from: `2026-03-29 02:30` does not exist in Europe/Paris",
    );
    refused(&[&create[..], &["sometime"]].concat(), "--from: `sometime` is not");
    refused(&["run", "list", "--json", "--zone", "Europe/Paris", "--since", "2026-10-25 02:30"], "is there twice");
    refused(&["event", "list", "--json", "--since", "2026-10-25 24:00"], "--since: `2026-10-25 24:00` is not");
    let made = asked.run(&[&create[..], &["2026-11-29 10:00"]].concat(), &[]).exits(0).json();
    assert_eq!(made["times"]["from"], "2026-11-29T10:00:00+01:00");
    assert_eq!(
        line.db.one("select args ->> 'from' from dot.dot_command_run where command_code = 'subscription create'"),
        "2026-11-29T09:00:00Z"
    );
    asked.run(&["subscription", "seek", "reports", "--to", "oldest", "--yes", "--json"], &[]).exits(0);

    let help =
        asked.run(&["run", "list", "--help"], &[]).exits(0).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains("2026-03-01 for its beginning, are of the time zone of --zone"), "{help}");

    let payload = r#"{"command": "job enqueue", "args": {"kind": "system.noop", "run_at": "2030-12-01 10:00"}}"#;
    let job = asked.run(&["job", "enqueue", "system.command", "--payload", payload, "--json"], &[]).exits(0).json();
    let worker = ["worker", "run", "--class", "dot", "--until-idle", "--yes", "--quiet", "--json"];
    asked.run(&worker, &[("DOT_ZONE", "Europe/Paris")]).exits(0);
    let said = line.db.one(&format!(
        "select result #>> '{{times,run-at}}' from dot.job_history where job_id = {}",
        job["data"]["job"]
    ));
    assert_eq!(said, "2030-12-01T10:00:00+01:00");
}
