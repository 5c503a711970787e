//! `tests/sql/<domain>/<function>/<behaviour>.sql`, each in a transaction that is rolled back, and a floor for all functions.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::common::{Db, wait};
use dot::migrate::files::Files;
use sqlx::AssertSqlSafe;

/// One behaviour a file. A failing file raises; all are run, and every failure is named.
#[test]
fn behaviours() {
    let files = Mutex::new(asked_for());
    let ran = files.lock().expect("the files").len();
    let failures = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| run(&files, &failures));
        }
    });
    let mut failures = failures.into_inner().expect("the failures");
    failures.sort();
    println!("{ran} behaviours");
    assert!(failures.is_empty(), "{} of {ran} failed:\n{}", failures.len(), failures.join("\n"));
    assert!(ran > 0, "there are no behaviours");
}

/// Runs what is left of the files on a clone of its own, which has what `tests/sql/_shared` makes.
fn run(files: &Mutex<Vec<PathBuf>>, failures: &Mutex<Vec<String>>) {
    let db = Db::new();
    db.sql("create schema test");
    for shared in sql_files(&root().join("_shared")) {
        db.sql(&std::fs::read_to_string(shared).expect("a file"));
    }
    wait(async {
        let mut connection = db.connect().await;
        loop {
            let next = files.lock().expect("the files").pop();
            let Some(file) = next else { return };
            let sql = std::fs::read_to_string(&file).expect("a file");
            let wrapped = AssertSqlSafe(format!("begin; {sql}\n; rollback"));
            if let Err(error) = sqlx::raw_sql(wrapped).execute(&mut connection).await {
                let name = file.strip_prefix(root()).expect("below tests/sql").display();
                failures.lock().expect("the failures").push(format!("{name}: {error}"));
                sqlx::raw_sql("rollback").execute(&mut connection).await.expect("a rollback");
            }
        }
    });
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sql")
}

fn sql_files(dir: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().filter_map(Result::ok);
    files.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|e| e == "sql")).collect()
}

fn behaviour_files() -> Vec<PathBuf> {
    sql_files(&root()).into_iter().filter(|path| !path.starts_with(root().join("_shared"))).collect()
}

/// All of them, or those whose path contains what the run asks for.
fn asked_for() -> Vec<PathBuf> {
    let word = std::env::var("DOT_TEST_BEHAVIOURS").unwrap_or_default();
    let mut files = behaviour_files();
    files.retain(|file| file.to_string_lossy().contains(&word));
    files
}

/// A behaviour lies with its function; and of those that have none, the list only becomes shorter.
#[test]
fn functions_without_a_behaviour() {
    let mut without: BTreeSet<String> = Files::load(None)
        .expect("the migrations")
        .functions
        .iter()
        .map(|function| format!("{}/{}", function.domain, function.name))
        .collect();
    let all = without.clone();
    for file in behaviour_files() {
        let parts: Vec<_> =
            file.strip_prefix(root()).expect("below").iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let [domain, function, _] = parts.as_slice() else {
            panic!("{} is not <domain>/<function>/<behaviour>.sql", file.display())
        };
        let function = format!("{domain}/{function}");
        assert!(all.contains(&function), "{}: there is no function {function}", file.display());
        without.remove(&function);
    }
    let list = std::fs::read_to_string(root().join("without_a_behaviour.txt")).expect("the list");
    let listed: BTreeSet<String> = list.lines().map(str::to_owned).collect();
    let new: Vec<_> = without.difference(&listed).collect();
    assert!(new.is_empty(), "these functions need a behaviour in tests/sql: {new:?}");
    let done: Vec<_> = listed.difference(&without).collect();
    assert!(
        done.is_empty(),
        "these have one, or are gone: take them out of tests/sql/without_a_behaviour.txt: {done:?}"
    );
    assert!(listed.len() <= 300, "{} functions have no behaviour", listed.len());
}

/// What holds for every function of the platform.
#[test]
fn floor() {
    let db = Db::new();
    let bad = |what: &str, condition: &str| {
        let found = db.one(&format!(
            "select coalesce(string_agg(p.oid::regprocedure::text, ', ' order by p.proname), '')
               from pg_proc p where p.pronamespace = 'dot'::regnamespace and ({condition})"
        ));
        assert_eq!(found, "", "{what}");
    };
    bad("a pinned search_path", "not exists (select 1 from unnest(p.proconfig) s where s like 'search\\_path=%')");
    bad(
        "no EXECUTE for PUBLIC",
        "exists (select 1 from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)",
    );
    bad("owned by dot_owner", "p.proowner <> 'dot_owner'::regrole");
    bad("a comment of its own", "coalesce(length(obj_description(p.oid, 'pg_proc')), 0) < 20");
    bad("called fn_", "p.proname not like 'fn\\_%'");
    bad(
        "no overload",
        "exists (select 1 from pg_proc o where o.pronamespace = p.pronamespace and o.proname = p.proname and o.oid <> p.oid)",
    );
    let skipped = db.one(
        "select coalesce(string_agg(t.tgrelid::regclass || '.' || t.tgname, ', '), '') from pg_trigger t join pg_class c on c.oid = t.tgrelid
          where c.relnamespace = 'dot'::regnamespace and not t.tgisinternal and t.tgenabled <> 'A'",
    );
    assert_eq!(skipped, "", "every trigger fires always, also where session_replication_role is replica");
    let files = Files::load(None).expect("the migrations").functions.len().to_string();
    assert_eq!(
        db.one("select count(*) from pg_proc where pronamespace = 'dot'::regnamespace"),
        files,
        "one function a file"
    );
    assert_eq!(
        db.one("select coalesce(string_agg(c.relname, ', '), '') from pg_class c where c.relnamespace = 'dot'::regnamespace and c.relkind in ('r', 'p') and (obj_description(c.oid, 'pg_class') is null or c.relowner <> 'dot_owner'::regrole) and not c.relispartition"),
        "",
        "every table has a comment and belongs to dot_owner"
    );
}
