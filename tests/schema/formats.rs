//! The official tests of each format, which are optional: with formats asserted, both validators decide them.

use sqlx::AssertSqlSafe;

use super::yardstick;
use crate::common::Db;

const FORMATS: [&str; 13] = [
    "date-time",
    "date",
    "time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "uuid",
    "json-pointer",
    "regex",
];

const JUDGE: &str = "
with test as (
  select pg_temp.held((t -> 'data')::text) as data, (t -> 'valid')::text::boolean::text as want, trim('\"' from (t -> 'description')::text) as test, s.schema, s.name
    from json_array_elements($1::json) g
   cross join lateral (select dot.fn_schema_asserting(pg_temp.held((g -> 'schema')::text), 'assert') as schema) a
   cross join lateral (select a.schema, pg_temp.compiled(a.schema, null) as name offset 0) s
   cross join lateral json_array_elements(g -> 'tests') t),
verdict as (
  select t.*, pg_temp.valid(t.schema, t.data, null) as found, case when t.name like 'dot\\_compiled.%' then pg_temp.called(t.name, t.data) end as called,
         pg_temp.valid(t.schema - '$schema', t.data, null) as annotated
    from test t where t.data is not null)
select count(*), count(*) filter (where found = want), count(called), count(*) filter (where called = found), count(*) filter (where annotated = 'true'),
       coalesce(string_agg(test || ': ' || found, E'\\n') filter (where found <> want), '')
  from verdict";

#[test]
fn the_official_tests_of_each_format_hold_both_ways() {
    let Some(suite) = yardstick::folder("json-schema-test-suite") else { return };
    let files = yardstick::files(&suite.join("tests/draft2020-12/optional/format"));
    let db = Db::new();
    crate::common::wait(async {
        let mut connection = db.connect().await;
        yardstick::run(&mut connection, yardstick::HELPERS).await;
        for format in FORMATS {
            let (_, text) =
                files.iter().find(|(name, _)| *name == format!("{format}.json")).expect("tests of the format");
            let (held, right, asked, agree, annotated, wrong): (i64, i64, i64, i64, i64, String) =
                sqlx::query_as(AssertSqlSafe(JUDGE)).bind(text).fetch_one(&mut connection).await.expect("the verdicts");
            println!("{format}: {right} of {held}; compiled functions agree on {agree} of {asked}");
            if !wrong.is_empty() {
                println!("{wrong}");
            }
            assert!(right * 100 >= held * 95, "{format}:\n{wrong}");
            // Whether a text is a regular expression is for the interpreter alone.
            assert_eq!((agree, asked), (asked, if format == "regex" { 0 } else { held }), "{format}");
            assert_eq!(annotated, held, "{format} decides nothing where it is an annotation");
        }
    });
}
