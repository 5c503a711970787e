//! Patterns against another implementation of ECMA-262: whatever it takes decides the same about every short text, or is refused
//! as not supported; whatever it takes in no way is refused.

use proptest::prelude::*;
use serde_json::Value;
use sqlx::AssertSqlSafe;

use super::fuzz::{draw, runner};
use crate::common::{Db, times};

const LETTERS: [&str; 5] = ["a", "b", "-", "1", "\n"];
const JUDGE: &str = "
create function pg_temp.decided(pattern text, texts jsonb) returns jsonb language plpgsql as $$
declare regex text;
begin
  regex := dot.fn_schema_regex(pattern);
  return (select jsonb_agg((t #>> '{}') ~ (regex collate \"C\") order by n) from jsonb_array_elements(texts) with ordinality x(t, n));
exception when sqlstate 'DT400' then
  return to_jsonb(sqlerrm);
end $$";

/// A pattern with groups, references to them by number and by name, lookarounds, classes and counts.
fn pattern() -> impl Strategy<Value = String> {
    let atom = prop::sample::select(vec![
        "a",
        "b",
        "ab",
        ".",
        "\\w",
        "\\W",
        "\\d",
        "\\s",
        "[ab]",
        "[^a]",
        "[a-]",
        "[-a]",
        "[a--]",
        "[0-9-_]",
        "[\\w-a]",
        "[^\\D]",
        "[]",
        "[^]",
        "\\n",
        "\\x61",
        "\\u0062",
        "\\u{61}",
        "\\b",
        "\\B",
        "^",
        "$",
        "\\1",
        "\\2",
        "\\3",
        "\\k<n>",
        "\\k<n>1",
        "",
        "{",
        "]",
        "\\-",
        "\\0",
        "[\\0-a]",
        "(?<n>a)",
        "\\x2d",
        "(a|b)\\1",
        "(a|b){2}\\1",
        "(?<n>a|b)(?:-?\\k<n>)*",
        "(a+)(b?)\\2\\1",
    ]);
    let leaf = atom.prop_map(str::to_owned);
    leaf.prop_recursive(4, 20, 4, |inner| {
        let many = prop::collection::vec(inner.clone(), 1..4);
        let counts = vec!["*", "+", "?", "{2}", "{0}", "{1,2}", "{2,}", "*?", "{1,2}?", "{0,0}", "{300}", "{2,1}"];
        prop_oneof![
            4 => many.clone().prop_map(|parts| parts.concat()),
            2 => many.prop_map(|parts| format!("(?:{})", parts.join("|"))),
            4 => inner.clone().prop_map(|part| format!("({part})")),
            1 => inner.clone().prop_map(|part| format!("(?<n>{part})")),
            1 => (inner.clone(), prop::sample::select(vec!["(?=", "(?!", "(?<=", "(?<!"])).prop_map(|(part, open)| format!("{open}{part})")),
            3 => (inner, prop::sample::select(counts)).prop_map(|(part, count)| if part.chars().count() == 1 { format!("{part}{count}") } else { format!("(?:{part}){count}") }),
        ]
    })
}

/// Every text of up to four letters.
fn texts() -> Vec<String> {
    let mut all = vec![String::new()];
    let mut from = 0;
    for _ in 0..4 {
        let to = all.len();
        for at in from..to {
            all.extend(LETTERS.map(|letter| format!("{}{letter}", all[at])));
        }
        from = to;
    }
    all
}

/// Whether a group refers to itself: ECMA-262 begins each round of a repetition with no group set (RepeatMatcher, step 4), which
/// the other implementation does not do for the group that it is in.
fn refers_to_itself(pattern: &str) -> bool {
    let mut open: Vec<Option<(usize, bool)>> = Vec::new();
    let (mut groups, mut in_class, mut rest) = (0, false, pattern);
    while let Some(letter) = rest.chars().next() {
        let is_group = letter == '(' && !in_class && (!rest.starts_with("(?") || rest.starts_with("(?<n>"));
        match letter {
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => {
                groups += usize::from(is_group);
                open.push(is_group.then_some((groups, rest.starts_with("(?<n>"))));
            }
            ')' if !in_class => drop(open.pop()),
            '\\' => {
                let to = rest[1..].chars().next();
                let by_name = rest.starts_with("\\k");
                let number = to.and_then(|digit| digit.to_digit(10)).map(|digit| digit as usize);
                if open.iter().flatten().any(|&(group, named)| number == Some(group) || by_name && named) {
                    return true;
                }
                rest = &rest[1..];
            }
            _ => {}
        }
        rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
    }
    false
}

#[test]
fn patterns_decide_as_ecma_262_or_are_refused() {
    let db = Db::new();
    let mut runner = runner(1);
    let texts = texts();
    let (mut agree, mut unsupported, mut none) = (0, 0, 0);
    crate::common::wait(async {
        let mut connection = db.connect().await;
        sqlx::raw_sql(JUDGE).execute(&mut connection).await.expect("the helper");
        for _ in 0..times(600) {
            let (start, pattern, end) = draw(&mut runner, &(any::<bool>(), pattern(), any::<bool>()));
            let pattern = format!("{}{pattern}{}", if start { "^" } else { "" }, if end { "$" } else { "" });
            if refers_to_itself(&pattern) {
                continue;
            }
            // With the flag u; without it where that takes more, as { by itself.
            let other = regress::Regex::with_flags(&pattern, "u").or_else(|_| regress::Regex::new(&pattern));
            let said: Value = sqlx::query_scalar(AssertSqlSafe("select pg_temp.decided($1, $2)".to_owned()))
                .bind(&pattern)
                .bind(serde_json::json!(texts))
                .fetch_one(&mut connection)
                .await
                .unwrap_or_else(|e| panic!("{pattern}: {e}"));
            match (other, &said) {
                (Err(_), Value::String(_)) => none += 1,
                (Err(refused), _) => panic!("{pattern} is no pattern: {refused}"),
                (Ok(_), Value::String(cause)) if cause.contains("not supported") || cause.contains("are taken") => {
                    unsupported += 1
                }
                (Ok(_), Value::String(cause)) => {
                    // Without the flag u more is taken than there is one way to read.
                    assert!(regress::Regex::with_flags(&pattern, "u").is_err(), "{pattern}: {cause}");
                    none += 1;
                }
                (Ok(other), decided) => {
                    let decided = decided.as_array().expect("a verdict for each text");
                    for (text, decided) in texts.iter().zip(decided) {
                        assert_eq!(decided, &Value::from(other.find(text).is_some()), "{pattern} on {text:?}");
                    }
                    agree += 1;
                }
            }
        }
    });
    println!(
        "{agree} patterns decide alike about {} texts each, {unsupported} are not supported, {none} are none",
        texts.len()
    );
    assert!(agree > unsupported + none, "most are decided");
}
