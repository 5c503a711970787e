//! Containment with ground truth: never a wrong `contained`, most of the true ones proved, and a witness for each refusal.

use serde_json::Value;
use sqlx::AssertSqlSafe;

use super::yardstick;
use crate::common::Db;

/// Labels of the yardstick that a plain value refutes: both branches of their union need an array or an object, or the two
/// branches list different values, or what the negated branch refers to is another schema where it is entered by way of the
/// negation, as whoever reads the witness sees.
const REFUTED_LABELS: [&str; 9] = [
    "universal/dynamicRef.json 1",
    "universal/dynamicRef.json 3",
    "universal/dynamicRef.json 9",
    "universal/ref.json 15",
    "universal/unevaluatedItems.json 15",
    "universal/unevaluatedProperties.json 19",
    "unsatisfiable/dynamicRef.json 1",
    "unsatisfiable/dynamicRef.json 9",
    "unsatisfiable/ref.json 15",
];

struct Case {
    name: String,
    inner: String,
    outer: String,
    want: bool,
    found: String,
}

fn cases() -> Option<Vec<Case>> {
    let tests = yardstick::folder("json-schema-containment")?.join("tests");
    let db = Db::new();
    let cases = crate::common::wait(async {
        let mut connection = db.connect().await;
        let mut sql = yardstick::HELPERS.to_owned();
        sql.push_str("create temp table file (dir text, file text, text text); create temp table docs (d jsonb);");
        yardstick::run(&mut connection, &sql).await;
        let documents = yardstick::remotes(true);
        sqlx::query("insert into docs values ($1::jsonb)")
            .bind(documents)
            .execute(&mut connection)
            .await
            .expect("documents");
        for dir in ["nonvalid", "reflexive", "unions", "universal", "unsatisfiable", "valid"] {
            for (name, text) in yardstick::files(&tests.join(dir)) {
                let insert = sqlx::query("insert into file values ($1, $2, $3)").bind(dir).bind(name).bind(text);
                insert.execute(&mut connection).await.expect("a file");
            }
        }
        sqlx::query_as::<_, (String, String, String, bool, String)>(AssertSqlSafe(
            "select x.dir || '/' || x.file || ' ' || x.id as name, x.a::text as inner, x.b::text as outer, x.want, pg_temp.contained(x.a, x.b, (select d from docs))::text as found
               from (select f.dir, f.file, (c -> 'id')::text as id, t.value::text::boolean as want,
                            pg_temp.held((c -> case t.key when 's1SubsetEqOfs2' then 'schema1' else 'schema2' end)::text) as a,
                            pg_temp.held((c -> case t.key when 's1SubsetEqOfs2' then 'schema2' else 'schema1' end)::text) as b
                       from file f cross join lateral json_array_elements(f.text::json) c cross join lateral json_each(c -> 'tests') t) x
              where x.a is not null and x.b is not null",
        ))
        .fetch_all(&mut connection)
        .await
        .expect("the verdicts")
    });
    let case = |(name, inner, outer, want, found)| Case { name, inner, outer, want, found };
    Some(cases.into_iter().map(case).collect())
}

#[test]
fn no_containment_is_claimed_that_is_none() {
    let Some(cases) = cases() else { return };
    let verdict = |case: &Case| {
        let found: Value = serde_json::from_str(&case.found).expect("a verdict");
        found["verdict"].as_str().unwrap_or_default().to_owned()
    };
    let count = |want: bool, said: &str| cases.iter().filter(|case| case.want == want && verdict(case) == said).count();
    let total = |want: bool| cases.iter().filter(|case| case.want == want).count();
    println!(
        "contained: {} of {} proved, {} unproven; not contained: {} of {} refuted with a witness, {} unproven",
        count(true, "contained"),
        total(true),
        count(true, "unproven"),
        count(false, "not_contained"),
        total(false),
        count(false, "unproven"),
    );
    for case in cases.iter().filter(|case| matches!(verdict(case).as_str(), "unproven" | "error")) {
        println!("{}: {} {}", verdict(case), case.name, case.found);
    }
    let wrong: Vec<_> =
        cases.iter().filter(|case| !case.want && verdict(case) == "contained").map(|case| &case.name).collect();
    assert!(wrong.is_empty(), "said to be contained: {wrong:?}");
    let refuted: Vec<_> = cases
        .iter()
        .filter(|case| case.want && verdict(case) == "not_contained" && !REFUTED_LABELS.contains(&case.name.as_str()))
        .map(|case| (&case.name, &case.found))
        .collect();
    assert!(refuted.is_empty(), "true containments refuted: {refuted:?}");
    assert!(count(true, "contained") * 100 >= total(true) * 95, "too few are proved");
    witnesses_hold(&cases);
}

/// Another implementation agrees with every witness whose schemas it can read alone.
fn witnesses_hold(cases: &[Case]) {
    let mut checked = 0;
    for case in cases {
        let [inner, outer, found] =
            [&case.inner, &case.outer, &case.found].map(|text| serde_json::from_str::<Value>(text).expect("JSON"));
        if found["verdict"] != "not_contained" {
            continue;
        }
        let (Ok(inner), Ok(outer)) = (jsonschema::draft202012::new(&inner), jsonschema::draft202012::new(&outer))
        else {
            continue;
        };
        assert!(inner.is_valid(&found["witness"]) && !outer.is_valid(&found["witness"]), "{}: {found}", case.name);
        checked += 1;
    }
    println!("{checked} witnesses confirmed by another implementation");
}
