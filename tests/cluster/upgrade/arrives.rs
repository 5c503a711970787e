//! An upgrade with all that a cluster may hold, from the question to the removal of the old data.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use sqlx::Connection;

use super::{Pair, ask, connect, folders, kept_rows, major, old_cluster, pair, run, small_cluster, status};
use crate::cluster::backup::{command, data, dot};
use crate::cluster::support::Machine;
use crate::common::{Ran, on_terminal, wait};

/// What is to be the same afterwards: in which database, and how it is asked for.
const SAME: [(&str, &str); 12] = [
    ("dot", "select system_identifier::text from pg_control_system()"),
    (
        "dot",
        "select string_agg(rolname || coalesce(rolpassword, '') || rolconnlimit, ' ' order by rolname) from pg_authid where rolname !~ '^pg_'",
    ),
    (
        "dot",
        "select string_agg(m.roleid::regrole || '>' || m.member::regrole, ' ' order by m.roleid::regrole::text) from pg_auth_members m where m.member::regrole::text = 'anna'",
    ),
    (
        "dot",
        "select string_agg(concat_ws(':', d.datname, r.rolname, s.setconfig::text), ' ' order by d.datname, r.rolname) from pg_db_role_setting s left join pg_database d on d.oid = setdatabase left join pg_roles r on r.oid = setrole",
    ),
    (
        "dot",
        "select string_agg(concat_ws(' ', datname, pg_encoding_to_char(encoding), datcollate, datctype, to_jsonb(d) -> 'datlocprovider' = '\"c\"' or not to_jsonb(d) ? 'datlocprovider'), ', ' order by datname) from pg_database d",
    ),
    (
        "postgres",
        "select datacl::text || shobj_description(oid, 'pg_database') from pg_database where datname = 'postgres'",
    ),
    ("o'dd = name", "select count(*) || ' ' || sum(n) || ' ' || max(word) from words"),
    ("o'dd = name", "select string_agg(loid::text || encode(data, 'hex'), '') from pg_largeobject"),
    ("dot", "select count(*) || ' ' || md5(string_agg(e::text, '' order by event_id)) from dot.event_outbox e"),
    ("dot", "select count(*)::text from dot.job_queue"),
    ("dot", "select count(*)::text from dot.information_unit"),
    ("dot", "select last_value::text from public.numbers"),
];

fn fill(machine: &Machine) {
    dot(machine, &["quickstart"]).exits(0);
    dot(machine, &["gate", "set", "queue.job_substrate.enabled", "open", "--yes"]).exits(0);
    dot(machine, &["job", "enqueue", "system.noop"]).exits(0);
    dot(machine, &["audit", "seal"]).exits(0);
    run(
        machine,
        "dot",
        "create role team; create role anna login password 'a secret' connection limit 7; grant team to anna;
        alter role anna set work_mem = '9MB';
        create sequence public.numbers; select setval('public.numbers', 4711); grant connect on database dot to anna",
    );
    run(machine, "dot", "create database \"o'dd = name\" template template0 lc_ctype 'C'");
    run(
        machine,
        "o'dd = name",
        "create table words (n int, word text); insert into words select n, 'đ' || n from generate_series(1, 5000) n;
        select lo_from_bytea(0, 'large'); alter database \"o'dd = name\" set lock_timeout = '77s';
        alter database \"o'dd = name\" set default_transaction_read_only = on;
        alter role anna in database \"o'dd = name\" set search_path = 'x'",
    );
    run(
        machine,
        "postgres",
        "grant create on database postgres to team; comment on database postgres is 'not as it was made'",
    );
    run(machine, "dot", "alter system set statement_timeout = '1h'");
    let mut access = OpenOptions::new().append(true).open(machine.data().join("pg_hba.conf")).unwrap();
    writeln!(access, "local all nobody_at_all reject").unwrap();
}

fn seen(machine: &Machine) -> Vec<String> {
    SAME.iter().map(|(database, sql)| ask(machine, database, sql)).collect()
}

/// Neither a question without a person nor the answer no changes anything, and a connected session refuses.
fn nothing_happens(machine: &Machine, pair: &Pair) {
    let before = (folders(machine), status(machine)["pid"].clone());
    let ran = dot(machine, &["up", "--upgrade"]).exits(7);
    let how = format!("dot up --upgrade --to {} --yes", pair.new.0);
    assert!(ran.stderr.contains(&how) && ran.stderr.contains("pg14/data"), "{}", ran.stderr);

    let mut terminal = on_terminal(200, &command(machine, &["up", "--upgrade"]));
    terminal.exp_string(&format!("PostgreSQL {} to {}", pair.old.0, pair.new.0)).unwrap();
    terminal.exp_string("Go on?").unwrap();
    terminal.send("n").unwrap();
    terminal.flush().unwrap();
    terminal.exp_string("nothing was changed").unwrap();
    terminal.exp_eof().unwrap();

    let other = wait(async {
        let other = connect(machine, "anna", "dot").await;
        let said = dot(machine, &["up", "--upgrade", "--yes"]).exits(6).stderr;
        let _ = other.close().await;
        said
    });
    assert!(other.contains("login anna"), "{other}");
    run(machine, "dot", "create database closed allow_connections false");
    let closed = dot(machine, &["up", "--upgrade", "--yes"]).exits(6).stderr;
    assert!(closed.contains("closed"), "{closed}");
    run(machine, "dot", "drop database closed");
    // The last one had stopped the server and has started it again.
    assert_eq!(folders(machine), before.0);
    assert_eq!(major(machine), u64::from(pair.old.0));
    assert_ne!(status(machine)["pid"], before.1);
}

#[test]
fn all_of_it_arrives_and_the_old_is_kept_until_it_is_removed() {
    let Some(pair) = pair() else { return };
    let machine = old_cluster(pair, &[pair.old.0, pair.new.0]);
    fill(&machine);
    nothing_happens(&machine, pair);
    for what in ["job_queue", "event_outbox", "information_unit"] {
        assert_ne!(ask(&machine, "dot", &format!("select count(*)::text from dot.{what}")), "0", "{what}");
    }
    let (before, runs) =
        (seen(&machine), ask(&machine, "dot", "select max(entered_xid::text::numeric)::text from dot.dot_command_run"));

    let done = dot(&machine, &["up", "--upgrade", "--yes", "--json"]).exits(0);
    let done_data = data(&done);
    assert_eq!(
        (&done_data["upgraded"]["to"], &done_data["running"]),
        (&pair.new.0.into(), &true.into()),
        "{done_data}"
    );
    assert!(done.json().to_string().contains("statement_timeout"), "what is left behind is named: {}", done.stdout);
    assert_eq!(major(&machine), u64::from(pair.new.0));
    for ((was, is), (database, sql)) in before.iter().zip(seen(&machine)).zip(SAME) {
        assert_eq!(*was, is, "{database}: {sql}");
    }
    let next = ask(&machine, "dot", "select pg_current_xact_id()::text");
    assert!(next.parse::<u64>().unwrap() > runs.parse::<u64>().unwrap(), "{next} follows {runs}");
    wait(async { connect(&machine, "anna", "dot").await.close().await.unwrap() });
    let access = std::fs::read_to_string(machine.data().join("pg_hba.conf")).unwrap();
    assert!(access.contains("nobody_at_all reject"), "who may connect is as before");
    assert_eq!(ask(&machine, "dot", "select current_setting('fsync') || current_setting('autovacuum')"), "onon");
    assert_ne!(ask(&machine, "dot", "select count(*)::text from pg_stats where schemaname = 'dot'"), "0");

    // It works on, signed by the same key.
    dot(&machine, &["migrate", "verify"]).exits(0);
    dot(&machine, &["audit", "verify"]).exits(0);
    dot(&machine, &["quickstart"]).exits(0);
    dot(&machine, &["audit", "seal"]).exits(0);
    dot(&machine, &["audit", "verify"]).exits(0);

    let kept = status(&machine)["kept"][0].clone();
    let old = kept["data"].as_str().unwrap().to_owned();
    assert_eq!(kept["data"], done_data["kept"]["data"]);
    assert!(Path::new(&old).join("PG_VERSION").is_file() && kept["bytes"].as_u64() > Some(10_000_000), "{kept}");
    let asked = dot(&machine, &["up", "--remove-old"]).exits(7).stderr;
    assert!(asked.contains(&old) && Path::new(&old).exists(), "{asked}");
    dot(&machine, &["up", "--remove-old", "--yes"]).exits(0);
    assert!(!Path::new(&old).exists() && status(&machine)["kept"].is_null());
    dot(&machine, &["up", "--revert", "--yes"]).exits(5);
    // There is nothing more to do.
    dot(&machine, &["up", "--upgrade"]).exits(0);
}

/// A newer major that is asked for, or one that alone is left, is a question and never done by itself.
#[test]
fn nobody_upgrades_by_accident() {
    let Some(pair) = pair() else { return };
    let machine = small_cluster(pair, &[pair.old.0, pair.new.0]);
    let with =
        |name: &str, value: &str, args: &[&str]| Ran::of(command(&machine, args).env(name, value).output().unwrap());
    let (old, new) = (pair.old.0.to_string(), pair.new.0.to_string());
    let how = format!("dot up --upgrade --to {new} --yes");
    let asked = with("DOT_PG_MAJOR", &new, &["up"]).exits(7).stderr;
    assert!(asked.contains(&how) && asked.contains("DOT_PG_MAJOR"), "{asked}");
    let other = with("DOT_PG_MAJOR", &new, &["queue", "list"]).exits(6).stderr;
    assert!(other.contains(&how), "{other}");
    let doctor = with("DOT_PG_MAJOR", &new, &["doctor"]).exits(3).stdout;
    assert!(doctor.contains(&how), "{doctor}");
    dot(&machine, &["down"]).exits(0);
    let cache = machine.state().join("postgres");
    if !cache.join(&old).exists() {
        return;
    }
    // The package of the old major has gone with an update of the system.
    std::fs::rename(cache.join(&old), machine.root().join("gone")).unwrap();
    let bindir = pair.new.1.display().to_string();
    let asked = with("PG_BINDIR", &bindir, &["up"]).exits(7).stderr;
    assert!(asked.contains(&how) && asked.contains(&format!("no server of PostgreSQL {old}")), "{asked}");
    let other = with("PG_BINDIR", &bindir, &["queue", "list"]).exits(10).stderr;
    assert!(other.contains("--upgrade"), "{other}");
    let needs = with("PG_BINDIR", &bindir, &["up", "--yes"]).exits(10).stderr;
    assert!(needs.contains("--fetch-postgres"), "{needs}");
    std::fs::rename(machine.root().join("gone"), cache.join(&old)).unwrap();
    assert_eq!((kept_rows(&machine), major(&machine)), ("10000".to_owned(), u64::from(pair.old.0)));
    assert!(!machine.state().join(format!("pg{new}")).exists());
    // The answer is yes.
    dot(&machine, &["down"]).exits(0);
    with("DOT_PG_MAJOR", &new, &["up", "--yes"]).exits(0);
    assert_eq!((kept_rows(&machine), major(&machine)), ("10000".to_owned(), u64::from(pair.new.0)));
    // There is no way to an older one but back to the data that is kept.
    with("DOT_PG_MAJOR", &old, &["queue", "list"]).exits(6);
    machine.execute("insert into public.kept values (0, '')");
    let asked = dot(&machine, &["up", "--revert"]).exits(7).stderr;
    assert!(asked.contains("written since"), "{asked}");
    dot(&machine, &["up", "--revert", "--yes"]).exits(0);
    assert_eq!((kept_rows(&machine), major(&machine)), ("10000".to_owned(), u64::from(pair.old.0)));
    assert_eq!(status(&machine)["kept"][0]["major"], pair.new.0);
    // Once more, and then both that were replaced can go.
    dot(&machine, &["up", "--upgrade", "--yes"]).exits(0);
    assert_eq!(status(&machine)["kept"].as_array().map(Vec::len), Some(2));
    dot(&machine, &["up", "--remove-old", "--yes"]).exits(0);
    assert_eq!((kept_rows(&machine), status(&machine)["kept"].clone()), ("10000".to_owned(), serde_json::Value::Null));
}
