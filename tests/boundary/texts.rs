//! Every function of runs_text.txt that a caller may execute, with every kind of hostile object, as every role.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::AssertSqlSafe;

use super::login::{Login, ROLES};
use super::objects::{PASSING, is_untouched, stage};
use crate::common::wait;

/// What a caller can make: of each kind its name, and an expression that evaluates it.
const KINDS: [(&str, &str, &str); 16] = [
    ("temporary table", "passing_t", "(select count(k) from passing_t)"),
    ("temporary view", "passing", "(select count(k) from passing)"),
    ("temporary function", "pg_temp.folded", "pg_temp.folded(1)"),
    ("temporary domain", "passing_d", "1::passing_d"),
    ("view", "mallory.v", "(select count(k) from mallory.v)"),
    ("function", "mallory.folded", "mallory.folded(1)"),
    ("domain with a check", "mallory.d", "1::mallory.d"),
    ("composite type", "mallory.pair", "cast(row(1, 1) as mallory.pair)"),
    ("cast", "mallory.shade", "('red'::mallory.shade)::text"),
    ("operator", "mallory.===", "(1 operator(mallory.===) 2)"),
    ("rule", "mallory.ruled", "(select count(k) from mallory.ruled)"),
    ("policy", "mallory.p", "(select count(k) from mallory.p)"),
    ("index expression", "mallory.indexed", "(select count(k) from mallory.indexed where mallory.folded(k) = 1)"),
    ("trigger", "mallory.g", "(select count(k) from mallory.g)"),
    ("partition", "mallory.parted", "(select count(k) from mallory.parted)"),
    ("function that shadows", "mallory.lower", "lower('X') = 'x' and now() is null"),
];

/// Calls by their functions.
fn examples() -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in include_str!("runs_text_args.txt").lines().filter(|line| !line.starts_with('#')) {
        let (function, args) = line.split_once('|').unwrap_or_else(|| panic!("{line}: FUNCTION | ARGUMENTS"));
        found.entry(function.trim()).or_default().push(args.trim());
    }
    found
}

#[test]
fn no_function_evaluates_a_callers_object_as_the_owner() {
    let db = stage();
    let examples = examples();
    let listed: BTreeSet<&str> =
        include_str!("runs_text.txt").lines().filter_map(|line| line.split_once(": ")).map(|(name, _)| name).collect();
    let (mut reached, mut calls) = (BTreeSet::new(), 0);
    for role in ROLES {
        let login = Login::new(&db, &format!("t{}", role.replace("dot_", "")), role);
        let may = db.one(&format!(
            "select string_agg(p.proname, ' ' order by p.proname) from pg_proc p
              where p.pronamespace = 'dot'::regnamespace and has_function_privilege('{}', p.oid, 'execute')",
            login.name
        ));
        let may: BTreeSet<&str> = may.split(' ').collect();
        for function in may.intersection(&listed) {
            assert!(
                examples.contains_key(function),
                "{role} may execute {function}: say in tests/boundary/runs_text_args.txt with what arguments it is tried"
            );
        }
        wait(async {
            let mut connection = login.connect().await;
            sqlx::raw_sql(PASSING).execute(&mut connection).await.expect("temporary objects");
            // What the caller's path finds first is the caller's.
            sqlx::raw_sql("set search_path = mallory, pg_temp, pg_catalog; set statement_timeout = '20s'")
                .execute(&mut connection)
                .await
                .expect("a path");
            for (function, examples) in examples.iter().filter(|(function, _)| may.contains(*function)) {
                reached.insert((*function).to_owned());
                let calls_of = |example: &str| -> BTreeSet<String> {
                    let filled = KINDS.iter().map(|(_, name, expression)| {
                        let args = example.replace("{name}", name).replace("{expression}", expression);
                        format!("select * from dot.{function}({args})")
                    });
                    filled.collect()
                };
                for call in examples.iter().flat_map(|example| calls_of(example)) {
                    calls += 1;
                    let ran = sqlx::raw_sql(AssertSqlSafe(call.clone())).execute(&mut connection).await;
                    let Err(error) = ran else { continue };
                    let code = error.as_database_error().and_then(|said| said.code()).unwrap_or_default().into_owned();
                    // A wrong example would try nothing; and the server neither stops nor loses its way.
                    let wrong = ["42601", "42725", "42883", "42804"].contains(&code.as_str());
                    assert!(!wrong && !code.is_empty() && !code.starts_with("XX"), "{role}: {call}: {error}");
                }
            }
        });
        is_untouched(&db, role);
    }
    let all: BTreeSet<String> = examples.keys().map(|function| (*function).to_owned()).collect();
    assert_eq!(reached, all, "an example for a function that nobody may execute");
    assert!(calls > 1000, "{calls} calls");
    let struck = format!("struck as dot_owner in {}", db.name);
    assert!(!db.log().contains(&struck), "something of the caller's ran as dot_owner");
    // It would be seen.
    db.sql("set role dot_owner; select mallory.strike()");
    assert!(db.log().contains(&struck), "{}", db.log());
    assert_eq!(db.one("select value from dot.dot_config where config_key = 'test.clock'"), "true");
}
