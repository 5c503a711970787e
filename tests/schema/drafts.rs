//! The official suites of the older drafts: their schemas, translated, decide every case as the suite says.

use serde_json::{Map, Value};
use sqlx::AssertSqlSafe;

use super::yardstick;
use crate::common::{Db, wait};

const DRAFTS: [(&str, &str); 4] = [
    ("draft4", "http://json-schema.org/draft-04/schema#"),
    ("draft6", "http://json-schema.org/draft-06/schema#"),
    ("draft7", "http://json-schema.org/draft-07/schema#"),
    ("draft2019-09", "https://json-schema.org/draft/2019-09/schema"),
];

const SETUP: &str = "
create temp table verdict as
  select f.file, trim('\"' from (g -> 'description')::text) as grp, trim('\"' from (t -> 'description')::text) as test, (t -> 'valid')::text as want,
         pg_temp.modern(pg_temp.held((g -> 'schema')::text), f.dialect, d.d) as schema, pg_temp.held((t -> 'data')::text) as data, null::text as found, null::text as compiled
    from file f cross join docs d cross join lateral json_array_elements(f.text::json) g cross join lateral json_array_elements(g -> 'tests') t;
update verdict set found = pg_temp.valid(schema, data, (select d from docs)) where schema is not null and data is not null;
create temp table function as select s.schema, pg_temp.compiled(s.schema, (select d from docs)) as name from (select distinct schema from verdict where schema is not null) s;
update verdict v set compiled = pg_temp.called(f.name, v.data) from function f where f.schema = v.schema and f.name like 'dot\\_compiled.%' and v.data is not null;";

const MODERN: &str =
    "create function pg_temp.modern(s jsonb, dialect text, d jsonb) returns jsonb language plpgsql as $$
begin return dot.fn_schema_modern(s, dialect, d); exception when others then return to_jsonb(sqlerrm); end $$;
create temp table file (file text, text text, dialect text); create temp table docs (d jsonb);";

/// What a draft's suite serves, as the draft has it.
fn remotes(draft: &str) -> Map<String, Value> {
    let root = yardstick::folder("json-schema-test-suite").expect("the suite").join("remotes");
    let mut documents = Map::new();
    for file in
        walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok).filter(|file| file.file_type().is_file())
    {
        let below = file.path().strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
        if below.starts_with("draft") && !below.starts_with(&format!("{draft}/")) || below.starts_with("v1/") {
            continue;
        }
        let text = std::fs::read_to_string(file.path()).expect("a document");
        documents.insert(format!("http://localhost:1234/{below}"), serde_json::from_str(&text).expect("JSON"));
    }
    documents
}

#[test]
fn the_suites_of_older_drafts_are_decided_as_they_say() {
    let Some(suite) = yardstick::folder("json-schema-test-suite") else { return };
    let db = Db::new();
    wait(async {
        for (draft, dialect) in DRAFTS {
            let mut connection = db.connect().await;
            yardstick::run(&mut connection, yardstick::HELPERS).await;
            yardstick::run(&mut connection, MODERN).await;
            let documents = Value::Object(remotes(draft)).to_string();
            let translated = "insert into docs select jsonb_object_agg(e.key, pg_temp.modern(e.value, $2, $1::jsonb)) from jsonb_each($1::jsonb) e";
            sqlx::query(translated)
                .bind(documents)
                .bind(dialect)
                .execute(&mut connection)
                .await
                .expect("the documents");
            for (name, text) in yardstick::files(&suite.join("tests").join(draft)) {
                let put = sqlx::query("insert into file values ($1, $2, $3)").bind(name).bind(text).bind(dialect);
                put.execute(&mut connection).await.expect("a file");
            }
            yardstick::run(&mut connection, SETUP).await;
            let (held, right, wrong, asked, agree): (i64, i64, String, i64, i64) = sqlx::query_as(AssertSqlSafe(
                "select count(*) filter (where found is not null), count(*) filter (where found = want),
                        coalesce(string_agg(format('%s: %s: %s: %s, not %s', file, grp, test, found, want), E'\\n' order by file, grp, test) filter (where found <> want), ''),
                        count(compiled), count(*) filter (where compiled = found) from verdict",
            ))
            .fetch_one(&mut connection)
            .await
            .expect("the verdicts");
            println!(
                "{draft}: {right} of {held} cases that jsonb can hold; compiled functions agree on {agree} of {asked}\n{wrong}"
            );
            assert_eq!(agree, asked, "{draft}");
            assert!(held > 500 && right * 100 >= held * 99, "{draft}: {right} of {held}");
        }
    });
}
