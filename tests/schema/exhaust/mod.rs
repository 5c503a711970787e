//! Every keyword with every other, on all values of a small kind: what is called contained no value refutes, every witness
//! holds, and the compiled and the interpreting validator and another implementation agree. Formats are asserted.
//!
//! `DOT_FUZZ_SEED` draws other combinations; `DOT_TEST_TIMES` as many times more of them. A failure is shrunk.

mod words;

use jsonschema::Validator;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;

use super::yardstick;
use crate::common::{Db, times};

/// A generator of numbers from a seed.
pub struct Draw(u64);

impl Draw {
    pub fn new() -> Draw {
        let seed = std::env::var("DOT_FUZZ_SEED").unwrap_or_else(|_| "1".to_owned());
        println!("DOT_FUZZ_SEED={seed}");
        Draw(
            seed.bytes()
                .fold(1_469_598_103_934_665_603, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(1_099_511_628_211)),
        )
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A way to say any keyword.
    fn word<'a>(&mut self, words: &'a [(&str, Vec<Value>)]) -> &'a Value {
        let (_, ways) = self.one(words);
        self.one(ways)
    }
}

fn other(schema: &Value) -> Option<Validator> {
    jsonschema::draft202012::options().should_validate_formats(true).build(schema).ok()
}

/// What is wrong with a verdict on `old` within `new`, if anything is.
fn wrong(old: &Value, new: &Value, found: &Value, values: &[Value]) -> Option<String> {
    let (Some(inner), Some(outer)) = (other(old), other(new)) else { return None };
    match found["verdict"].as_str() {
        Some("contained") => values
            .iter()
            .find(|value| inner.is_valid(value) && !outer.is_valid(value))
            .map(|value| format!("called contained, and {value} is not")),
        Some("not_contained") => {
            let witness = &found["witness"];
            (!inner.is_valid(witness) || outer.is_valid(witness)).then(|| format!("the witness {witness} is none"))
        }
        Some("unproven") => None,
        _ => Some(found.to_string()),
    }
}

async fn verdicts(connection: &mut PgConnection, pairs: &[(Value, Value)]) -> Vec<Value> {
    let pairs: Vec<_> = pairs.iter().map(|(old, new)| json!([old, new])).collect();
    let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(
        "select pg_temp.contained(dot.fn_schema_asserting(p -> 0, 'assert'), dot.fn_schema_asserting(p -> 1, 'assert'), null)::text from jsonb_array_elements($1::jsonb) with ordinality x(p, n) order by n",
    ))
    .bind(json!(pairs).to_string())
    .fetch_all(connection)
    .await
    .expect("the verdicts");
    found.iter().map(|text| serde_json::from_str(text).expect("a verdict")).collect()
}

/// All schemas with one member, of itself or anywhere below, left out.
fn smaller(schema: &Value) -> Vec<Value> {
    let Value::Object(members) = schema else { return vec![] };
    let mut all = vec![];
    for (key, value) in members {
        let mut without = members.clone();
        without.remove(key);
        all.push(without.into());
        for less in smaller(value) {
            let mut with = members.clone();
            with.insert(key.clone(), less);
            all.push(with.into());
        }
    }
    all
}

async fn shrunk(connection: &mut PgConnection, pair: (Value, Value), values: &[Value]) -> String {
    let (mut old, mut new) = pair;
    loop {
        let mut tries: Vec<_> = smaller(&old).into_iter().map(|less| (less, new.clone())).collect();
        tries.extend(smaller(&new).into_iter().map(|less| (old.clone(), less)));
        let found = verdicts(connection, &tries).await;
        let next = tries
            .into_iter()
            .zip(found)
            .find(|((old, new), found)| found["verdict"] != "error" && wrong(old, new, found, values).is_some());
        let Some(((a, b), _)) = next else { break };
        (old, new) = (a, b);
    }
    let found = verdicts(connection, &[(old.clone(), new.clone())]).await;
    format!("{old} within {new}: {}", wrong(&old, &new, &found[0], values).unwrap_or_default())
}

/// Every ordered pair of keywords in three relations, and triples at random.
fn combinations(draw: &mut Draw) -> Vec<(Value, Value)> {
    let words = words::words();
    let mut pairs = vec![];
    for (_, ours) in &words {
        for (_, theirs) in &words {
            let (a, b, c) = (draw.one(ours), draw.one(theirs), draw.one(theirs));
            let both = words::merged(&[a, b]);
            pairs.push((a.clone(), b.clone()));
            match draw.below(3) {
                0 => pairs.push((a.clone(), both)),
                1 => pairs.push((both, b.clone())),
                _ => pairs.push((words::merged(&[a, c]), both)),
            }
        }
    }
    for _ in 0..times(700) {
        let [a, b, c] = [draw.word(&words), draw.word(&words), draw.word(&words)];
        let one = words::merged(&[a, b]);
        pairs.push(match draw.below(4) {
            0 => (one, c.clone()),
            1 => (one.clone(), words::merged(&[&one, c])),
            2 => (words::merged(&[&one, c]), words::merged(&[a, c])),
            _ => (json!({ "properties": { "a": one } }), json!({ "properties": { "a": words::merged(&[b, c]) } })),
        });
    }
    pairs
}

#[test]
fn no_value_refutes_what_is_called_contained() {
    let db = Db::new();
    let values = words::values();
    let pairs = combinations(&mut Draw::new());
    let halves: Vec<_> = pairs.chunks(pairs.len().div_ceil(2)).collect();
    let judged: Vec<_> = std::thread::scope(|scope| {
        halves
            .into_iter()
            .map(|half| {
                let (db, values) = (&db, &values);
                scope.spawn(move || judge(db, half, values))
            })
            .collect::<Vec<_>>()
            .into_iter()
            .map(|thread| thread.join().expect("a thread"))
            .collect()
    });
    let [contained, refuted, unproven] = [0, 1, 2].map(|at| judged.iter().map(|(counts, _)| counts[at]).sum::<usize>());
    println!(
        "{} pairs on {} values: {contained} contained, {refuted} refuted, {unproven} unproven",
        pairs.len(),
        values.len()
    );
    let failures: Vec<_> = judged.into_iter().flat_map(|(_, failures)| failures).collect();
    assert!(failures.is_empty(), "{} are wrong:\n{}", failures.len(), failures.join("\n"));
    assert!(contained * 10 > pairs.len() && unproven * 5 < pairs.len(), "too much is unproven");
}

fn judge(db: &Db, pairs: &[(Value, Value)], values: &[Value]) -> ([usize; 3], Vec<String>) {
    let mut counts = [0; 3];
    let mut failures = vec![];
    crate::common::wait(async {
        let mut connection = db.connect().await;
        yardstick::run(&mut connection, yardstick::HELPERS).await;
        for some in pairs.chunks(25) {
            let found = verdicts(&mut connection, some).await;
            for (pair, found) in some.iter().zip(found) {
                let at = match found["verdict"].as_str() {
                    Some("contained") => 0,
                    Some("not_contained") => 1,
                    _ => 2,
                };
                counts[at] += 1;
                if wrong(&pair.0, &pair.1, &found, values).is_some() && failures.len() < 8 {
                    failures.push(shrunk(&mut connection, pair.clone(), values).await);
                }
            }
        }
    });
    (counts, failures)
}

#[test]
fn both_validators_agree_on_all_values() {
    let db = Db::new();
    let values = words::values();
    let mut draw = Draw::new();
    let words = words::words();
    let mut schemas: Vec<Value> = words.iter().flat_map(|(_, all)| all.clone()).collect();
    for _ in 0..times(150) {
        schemas.push(words::merged(&[draw.word(&words), draw.word(&words), draw.word(&words)]));
    }
    crate::common::wait(async {
        let mut connection = db.connect().await;
        yardstick::run(&mut connection, yardstick::HELPERS).await;
        for schema in &schemas {
            let Some(other) = other(schema) else { continue };
            let some: Vec<_> = values.iter().filter(|_| draw.below(4) == 0).collect();
            let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(
                "select pg_temp.valid(dot.fn_schema_asserting($1::jsonb, 'assert'), i, null) || ' ' || case when c.name like 'dot\\_compiled.%' then pg_temp.called(c.name, i) else coalesce(c.name, '-') end
                   from (select pg_temp.compiled(dot.fn_schema_asserting($1::jsonb, 'assert'), null) as name) c cross join lateral jsonb_array_elements($2::jsonb) with ordinality x(i, n) order by n",
            ))
            .bind(schema.to_string())
            .bind(json!(some).to_string())
            .fetch_all(&mut connection)
            .await
            .expect("the verdicts");
            for (value, found) in some.iter().zip(found) {
                let want = other.is_valid(value).to_string();
                let (ours, compiled) = found.split_once(' ').expect("two verdicts");
                assert_eq!(ours, want, "interpreted: {schema} on {value}");
                assert!(compiled == "-" || compiled == want, "compiled: {compiled}: {schema} on {value}");
            }
        }
    });
    println!("{} schemas on a quarter of {} values", schemas.len(), values.len());
}
