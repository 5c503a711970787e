//! The official suite of Draft 2020-12: the interpreter and the compiled functions decide every case as it says.

use sqlx::AssertSqlSafe;

use super::yardstick;
use crate::common::Db;

const SETUP: &str = "
create temp table test as
  select f.file, trim('\"' from (g -> 'description')::text) as grp, trim('\"' from (t -> 'description')::text) as test, (t -> 'valid')::text::boolean as want,
         pg_temp.held((g -> 'schema')::text) as schema, pg_temp.held((t -> 'data')::text) as data
    from file f cross join lateral json_array_elements(f.text::json) g cross join lateral json_array_elements(g -> 'tests') t;
create temp table verdict as
  select t.*, t.schema is not null and t.data is not null as held, case when t.schema is not null and t.data is not null then pg_temp.valid(t.schema, t.data, (select d from docs)) end as found
    from test t;
create temp table compiled as select s.schema, pg_temp.compiled(s.schema, (select d from docs)) as name from (select distinct schema from test where schema is not null) s;";

/// What PostgreSQL's jsonb cannot hold: strings with U+0000.
const NOT_HELD: &str = "\
const.json: nul characters in strings: do not match string lacking nul
const.json: nul characters in strings: match string with nul
enum.json: nul characters in strings: do not match string lacking nul
enum.json: nul characters in strings: match string with nul";

struct Run {
    total: i64,
    held: i64,
    right: i64,
    not_held: String,
    wrong: String,
    schemas: i64,
    compiled: i64,
    agree: i64,
    asked: i64,
}

fn run(folder: &str) -> Option<Run> {
    let suite = yardstick::folder("json-schema-test-suite")?.join("tests").join(folder);
    let db = Db::new();
    crate::common::wait(async {
        let mut connection = db.connect().await;
        let mut sql = yardstick::HELPERS.to_owned();
        sql.push_str("create temp table file (file text, text text); create temp table docs (d jsonb);");
        yardstick::run(&mut connection, &sql).await;
        sqlx::query("insert into docs values ($1::jsonb)")
            .bind(yardstick::remotes(false))
            .execute(&mut connection)
            .await
            .expect("the documents");
        for (name, text) in yardstick::files(&suite) {
            sqlx::query("insert into file values ($1, $2)")
                .bind(name)
                .bind(text)
                .execute(&mut connection)
                .await
                .expect("a file");
        }
        yardstick::run(&mut connection, SETUP).await;
        let row: (i64, i64, i64, String, String, i64, i64, i64, i64) = sqlx::query_as(AssertSqlSafe(
            "select count(*), count(*) filter (where held), count(*) filter (where found = want::text),
                    coalesce(string_agg(format('%s: %s: %s', file, grp, test), E'\\n' order by file, grp, test) filter (where not held), ''),
                    coalesce(string_agg(format('%s: %s: %s: %s', file, grp, test, found), E'\\n' order by file, grp, test) filter (where held and found <> want::text), ''),
                    (select count(*) from compiled), (select count(*) from compiled where name like 'dot\\_compiled.%'),
                    (select count(*) from verdict v join compiled c using (schema) where v.held and c.name like 'dot\\_compiled.%' and pg_temp.called(c.name, v.data) = v.found),
                    (select count(*) from verdict v join compiled c using (schema) where v.held and c.name like 'dot\\_compiled.%')
               from verdict",
        ))
        .fetch_one(&mut connection)
        .await
        .expect("the verdicts");
        let (total, held, right, not_held, wrong, schemas, compiled, agree, asked) = row;
        Some(Run { total, held, right, not_held, wrong, schemas, compiled, agree, asked })
    })
}

#[test]
fn every_required_case_is_decided_as_the_suite_says() {
    let Some(run) = run("draft2020-12") else { return };
    println!("required: {} of {} cases that jsonb can hold ({} in all)", run.right, run.held, run.total);
    println!(
        "compiled: {} of {} schemas; they agree on {} of {} cases",
        run.compiled, run.schemas, run.agree, run.asked
    );
    println!("not held by jsonb, which has no U+0000:\n{}", run.not_held);
    assert_eq!(run.wrong, "");
    assert_eq!(run.not_held, NOT_HELD);
    assert_eq!((run.right, run.agree), (run.held, run.asked));
    assert!(run.total >= 1299 && run.compiled * 5 >= run.schemas * 4, "most of the suite's schemas compile");
}

/// The optional part without formats, which are annotations: what is not done is named.
#[test]
fn the_optional_cases_are_counted() {
    let Some(run) = run("draft2020-12/optional") else { return };
    println!(
        "optional: {} of {} cases; compiled functions agree on {} of {}",
        run.right, run.held, run.agree, run.asked
    );
    println!("not done (other drafts, the keyword dependencies of old):\n{}", run.wrong);
    assert_eq!(run.agree, run.asked);
    let known = ["cross-draft.json", "dependencies-compatibility.json"];
    let unknown: Vec<_> = run.wrong.lines().filter(|line| !known.iter().any(|file| line.starts_with(file))).collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
}
