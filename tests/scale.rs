//! An import costs what is imported, not what is there: counted in the rows that the server reads, not in time.

use std::collections::BTreeMap;

use crate::common::{Db, times};
use dot::documents;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;

/// Documents that are there before, of 50 units each.
fn there() -> u32 {
    times(400)
}

/// The most rows of one table that an import of two sections may read. Every step looks at its own few rows again.
const ALLOWED: i64 = 500;

/// Rows for an existing platform, written as a set and without statistics, as after a large import.
const FILL: &str = "
    set role dot_owner;
    create temp table d as
      select n, gen_random_uuid() as document, gen_random_uuid() as version, gen_random_uuid() as cut from generate_series(1, $documents) n;
    create temp table u as
      select d.*, k, gen_random_uuid() as unit, gen_random_uuid() as unit_version from d, generate_series(0, 49) k;
    insert into dot.iu_document select document, 'there/' || n || '.md', null, now(), null from d;
    insert into dot.iu_document_version select version, document, 1, repeat('a', 64), 500, null, now(), null from d;
    update dot.iu_document x set current_version_id = d.version from d where d.document = x.document_id;
    insert into dot.cut_request (cut_request_id, document_version_id, pieces, requested_by, requested_at, updated_at)
      select cut, version, 50, 'tester', now(), now() from d;
    insert into dot.information_unit select unit, document, 'section', 'active', now(), null from u;
    insert into dot.iu_version select unit_version, unit, 1, version, 't', 1, '# there ' || k, 10, repeat('b', 64), now(), null from u;
    insert into dot.iu_tree_path (document_version_id, unit_id, version_id, span_start, span_bytes, line_start, line_end, path, depth)
      select version, unit, unit_version, k * 10, 10, k, k, 't' || k, 1 from u;
    insert into dot.iu_three_axis_envelope
      select unit_version, document, version, k * 10, 10, k, k, repeat('b', 64), '{}', '{}', 't' || k, null, 1, 1, now(), null from u;
    reset role";

/// Runs one statement in a transaction of a new session, and counts the rows that it reads of each table, those in order
/// and those by index. The value of the statement comes with it.
async fn reads(connection: &mut PgConnection, sql: &str) -> (Value, BTreeMap<String, i64>) {
    sqlx::raw_sql("begin").execute(&mut *connection).await.expect("begin");
    let value: Value = sqlx::query_scalar::<_, String>(AssertSqlSafe(format!("select ({sql})::text")))
        .persistent(false)
        .fetch_one(&mut *connection)
        .await
        .map(|text| serde_json::from_str(&text).expect("JSON"))
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
    let read: Vec<(String, i64)> = sqlx::query_as(
        "select relname::text, coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables
          where schemaname = 'dot' and (relname like 'iu\\_%' or relname like 'cut\\_%' or relname = 'information_unit')",
    )
    .fetch_all(&mut *connection)
    .await
    .expect("the counters");
    sqlx::raw_sql("commit").execute(&mut *connection).await.expect("commit");
    (value, read.into_iter().collect())
}

/// Imports a document of two sections and checks its cut, as the command and its pair do; gives the rows read.
async fn import(db: &Db, text: &str) -> [(Value, BTreeMap<String, i64>); 2] {
    let document = documents::parse("small.md", text.to_owned()).expect("a document");
    let sql = format!("dot.fn_iu_import($text${}$text$::jsonb)", json!([document]));
    let imported = reads(&mut db.connect().await, &sql).await;
    let cut = imported.0["cuts"][0].as_str().expect("a cut").to_owned();
    let checked = reads(&mut db.connect().await, &format!("dot.fn_iu_check(array['{cut}'::uuid])")).await;
    assert_eq!(checked.0["ok"], true, "{}", checked.0);
    [imported, checked]
}

/// A first import, an import of a changed document, and the checks of both read a few rows only, with statistics and without.
#[test]
fn a_small_import_reads_a_few_rows_of_a_large_platform() {
    for analyzed in [false, true] {
        let db = Db::new();
        db.json(&["phase0", "autowire", "--yes"]);
        db.sql(&FILL.replace("$documents", &there().to_string()));
        if analyzed {
            db.sql("analyze");
        }
        assert_eq!(db.one("select count(*) from dot.iu_version"), (there() * 50).to_string());
        crate::common::wait(async {
            let texts = [
                ("first", "# One\n\nfirst\n\n## Two\n\nsecond\n"),
                ("changed", "# One\n\nother\n\n## Three\n\nthird\n"),
            ];
            for (what, text) in texts {
                for (value, read) in import(&db, text).await {
                    assert!(!read.is_empty(), "{what}: nothing was counted");
                    let many: Vec<_> = read.iter().filter(|(_, rows)| **rows > ALLOWED).collect();
                    assert!(many.is_empty(), "{what}, analyzed {analyzed}: reads {many:?} for {value}");
                }
            }
        });
        assert_eq!(db.one("select count(*) from dot.iu_three_axis_envelope"), (there() * 50 + 4).to_string());
    }
}
