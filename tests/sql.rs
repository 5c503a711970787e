//! `tests/sql/<domain>/<function>/<behaviour>.sql`, each in a transaction that is rolled back, and a floor for all functions.

use std::path::Path;

use crate::common::Db;
use dot::migrate::files::Files;
use sqlx::AssertSqlSafe;

/// One behaviour a file. A failing file raises; all are run, and every failure is named.
#[test]
fn behaviours() {
    let db = Db::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sql");
    let functions = Files::load(None).expect("the migrations").functions;
    let mut ran = 0;
    let mut failures = Vec::new();
    crate::common::wait(async {
        let mut connection = db.connect().await;
        for file in walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().filter_map(Result::ok) {
            if file.path().extension().is_none_or(|extension| extension != "sql") {
                continue;
            }
            let below = file.path().strip_prefix(&root).expect("below tests/sql");
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            let [domain, function, _] = parts.as_slice() else {
                panic!("{} is not <domain>/<function>/<behaviour>.sql", below.display())
            };
            assert!(
                functions.iter().any(|f| f.domain == *domain && f.name == *function),
                "{}: there is no function {function} in {domain}",
                below.display()
            );
            let sql = std::fs::read_to_string(file.path()).expect("a file");
            let wrapped = AssertSqlSafe(format!("begin; {sql}\n; rollback"));
            if let Err(error) = sqlx::raw_sql(wrapped).execute(&mut connection).await {
                failures.push(format!("{}: {error}", below.display()));
                sqlx::raw_sql("rollback").execute(&mut connection).await.expect("a rollback");
            }
            ran += 1;
        }
    });
    println!("{ran} behaviours");
    assert!(failures.is_empty(), "{} of {ran} failed:\n{}", failures.len(), failures.join("\n"));
    assert!(ran > 0, "there are no behaviours");
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
