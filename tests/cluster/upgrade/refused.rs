//! Programs that are missing or fail: a clear error, and the old cluster running as it did.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::{Pair, folders, kept_rows, major, old_cluster, pair, small_cluster, status};
use crate::cluster::backup::{command, dot};
use crate::cluster::support::{Machine, script};
use crate::common::Ran;

/// A folder with the new major's server and, linked, some of its other programs.
fn programs(machine: &Machine, pair: &Pair, others: &[&str]) -> PathBuf {
    let dir = machine.root().join("new");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir(&dir).unwrap();
    let through = |name: &str| {
        script(&dir.join(name), &format!("#!/bin/sh\nexec '{}' \"$@\"\n", pair.new.1.join(name).display()));
    };
    ["postgres", "initdb", "pg_resetwal"].into_iter().for_each(through);
    for name in others {
        symlink(pair.new.1.join(name), dir.join(name)).unwrap();
    }
    dir
}

/// A `pg_restore` after which the database dot is not what was dumped.
fn then(dir: &Path, pair: &Pair, sql: &str) {
    let (restore, psql) = (pair.new.1.join("pg_restore"), pair.new.1.join("psql"));
    let text = format!(
        "#!/bin/sh\n'{}' \"$@\" || exit 1\nfor last; do :; done\n[ \"$last\" = --version ] || '{}' -qX \"$last dbname=dot\" -c '{sql}'\nexit 0\n",
        restore.display(),
        psql.display(),
    );
    script(&dir.join("pg_restore"), &text);
}

fn upgrade(machine: &Machine, bindir: &Path) -> Ran {
    Ran::of(command(machine, &["up", "--upgrade", "--yes"]).env("PG_BINDIR", bindir).output().unwrap())
}

/// As many rows as before, but not the same: the audit of the restored platform says so before it takes the place.
#[test]
fn what_does_not_verify_does_not_take_the_place() {
    let Some(pair) = pair() else { return };
    let machine = old_cluster(pair, &[pair.old.0, pair.new.0]);
    dot(&machine, &["audit", "seal"]).exits(0);
    let before = folders(&machine);
    let dir = programs(&machine, pair, &["psql", "pg_dump", "pg_dumpall"]);
    then(
        &dir,
        pair,
        "alter table dot.dot_command_run disable trigger all; update dot.dot_command_run set actor = $$mallory$$ where actor = $$tester$$",
    );
    let said = upgrade(&machine, &dir).exits(11).stderr;
    assert!(said.contains("the audit of database dot"), "{said}");
    assert_eq!((major(&machine), folders(&machine)), (u64::from(pair.old.0), before));
    let edited = machine.query("select count(*)::text from dot.dot_command_run where actor = 'mallory'");
    assert_eq!((edited.as_str(), status(&machine)["running"].clone()), ("0", true.into()));
}

#[test]
fn what_fails_changes_nothing() {
    let Some(pair) = pair() else { return };
    let machine = small_cluster(pair, &[pair.old.0]);
    let cached = machine.state().join(format!("postgres/{}", pair.old.0));
    if !cached.exists() {
        eprintln!("skipped: the old major is the system's");
        return;
    }
    let (before, pid) = (folders(&machine), status(&machine)["pid"].clone());

    // Its own server goes on: nothing was begun.
    let missing = upgrade(&machine, &programs(&machine, pair, &["psql", "pg_dump", "pg_restore"])).exits(10).stderr;
    assert!(missing.contains("pg_dumpall") && missing.contains("install"), "{missing}");
    assert_eq!((status(&machine)["pid"].clone(), folders(&machine)), (pid, before.clone()));

    let fails = "#!/bin/sh\ncase $1 in --version) echo 'NAME (PostgreSQL) MAJOR.0';; *) echo 'NAME: error: No space left on device' >&2; exit 1;; esac\n";
    let all = ["psql", "pg_dump", "pg_restore", "pg_dumpall"];
    for broken in ["pg_dumpall", "pg_dump", "pg_restore", "initdb"] {
        let others: Vec<&str> = all.into_iter().filter(|name| *name != broken).collect();
        let dir = programs(&machine, pair, &others);
        script(&dir.join(broken), &fails.replace("NAME", broken).replace("MAJOR", &pair.new.0.to_string()));
        let said = upgrade(&machine, &dir);
        assert!(
            said.code != 0 && said.stderr.contains(broken) && said.stderr.contains("the disk is full"),
            "{broken}: {}",
            said.stderr
        );
        assert_eq!(status(&machine)["running"], true, "{broken}: it is started again");
        assert_eq!((kept_rows(&machine), folders(&machine)), ("10000".to_owned(), before.clone()), "{broken}");
    }

    // A dump without the last row: whoever only looks at exit codes would not see it.
    let dir = programs(&machine, pair, &["psql", "pg_dump", "pg_dumpall"]);
    then(&dir, pair, "delete from public.kept where n = 10000");
    let said = upgrade(&machine, &dir).exits(11).stderr;
    assert!(said.contains("public.kept") || said.contains("kept in database dot"), "{said}");
    assert_eq!((kept_rows(&machine), folders(&machine)), ("10000".to_owned(), before.clone()));

    // The server of the old major does not start.
    dot(&machine, &["down"]).exits(0);
    let real = fs::read_link(&cached).unwrap();
    fs::remove_file(&cached).unwrap();
    fs::create_dir_all(cached.join("bin")).unwrap();
    script(&cached.join("bin/initdb"), "#!/bin/sh\n");
    script(
        &cached.join("bin/postgres"),
        &format!(
            "#!/bin/sh\ncase $1 in --version) echo 'postgres (PostgreSQL) {}.0';; *) echo 'FATAL:  it is broken' >&2; exit 1;; esac\n",
            pair.old.0
        ),
    );
    let said = upgrade(&machine, &programs(&machine, pair, &all)).exits(10).stderr;
    assert!(said.contains("it is broken"), "{said}");
    fs::remove_dir_all(&cached).unwrap();
    symlink(real, &cached).unwrap();
    dot(&machine, &["up"]).exits(0);
    assert_eq!(
        (kept_rows(&machine), major(&machine), folders(&machine)),
        ("10000".to_owned(), u64::from(pair.old.0), before)
    );
}
