//! The order of the domains, `migrations/domains.toml`, and what the function files are held to by it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;

#[derive(Deserialize)]
struct Order {
    domain: Vec<Domain>,
}

#[derive(Deserialize)]
struct Domain {
    name: String,
    #[serde(default)]
    tables: Vec<String>,
    #[serde(default)]
    carried: BTreeMap<String, String>,
}

struct Function {
    domain: String,
    name: String,
    text: String,
}

/// What the files below `migrations` break of the rules.
fn problems(migrations: &Path) -> Vec<String> {
    let order = fs::read_to_string(migrations.join("domains.toml")).expect("domains.toml");
    let order: Order = toml::from_str(&order).expect("sound domains");
    let rank: BTreeMap<&str, usize> =
        order.domain.iter().enumerate().map(|(rank, d)| (d.name.as_str(), rank)).collect();
    let tables: BTreeMap<&str, &str> =
        order.domain.iter().flat_map(|d| d.tables.iter().map(|table| (table.as_str(), d.name.as_str()))).collect();
    let functions = functions(&migrations.join("functions"));
    let homes: BTreeMap<&str, &str> = functions.iter().map(|f| (f.name.as_str(), f.domain.as_str())).collect();
    let mut problems = Vec::new();
    let mut carried = BTreeSet::new();
    for function in &functions {
        let file = format!("{}/{}.sql", function.domain, function.name);
        let Some(&own) = rank.get(function.domain.as_str()) else {
            problems.push(format!("{file}: {} is no domain", function.domain));
            continue;
        };
        let made = made(&function.text);
        if made != [function.name.as_str()] {
            problems.push(format!("{file}: its one function is {}, but it makes {made:?}", function.name));
        }
        let called: BTreeSet<&str> = words(&function.text).into_iter().collect();
        for called in called {
            if let Some(home) = homes.get(called).filter(|home| rank[*home] > own) {
                problems.push(format!("{file}: calls {called} of the higher domain {home}"));
            }
        }
        for trigger in triggers(&function.text) {
            let Some(home) = tables.get(trigger.table.as_str()) else {
                problems.push(format!("{file}: table {} of trigger {} is in no domain", trigger.table, trigger.name));
                continue;
            };
            let by = homes.get(trigger.function.as_str()).copied().unwrap_or_default();
            let key = format!("{}.{}", trigger.table, trigger.name);
            let listed = order.domain.iter().find(|d| d.name == *home).and_then(|d| d.carried.get(&key));
            if rank.get(by) > rank.get(home) {
                // By a function of a higher domain: where that function is, and listed.
                if by != function.domain || listed != Some(&trigger.function) {
                    problems.push(format!(
                        "{file}: trigger {key} is by {} of the higher domain {by}, and not listed so",
                        trigger.function
                    ));
                }
                carried.insert(key);
            } else if *home != function.domain {
                problems.push(format!("{file}: trigger {key} belongs into domain {home}"));
            }
        }
    }
    for key in order.domain.iter().flat_map(|d| d.carried.keys()).filter(|key| !carried.contains(*key)) {
        problems.push(format!("domains.toml: there is no trigger {key}"));
    }
    problems
}

fn functions(dir: &Path) -> Vec<Function> {
    let mut found = Vec::new();
    for file in walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().map(|file| file.expect("a file")) {
        if file.path().extension().is_none_or(|extension| extension != "sql") {
            continue;
        }
        let parts: Vec<_> =
            file.path().strip_prefix(dir).expect("below").iter().map(|p| p.to_string_lossy().into_owned()).collect();
        let [domain, name] = parts.as_slice() else {
            panic!("{} is not <domain>/<function>.sql", file.path().display())
        };
        let text = fs::read_to_string(file.path()).expect("a file");
        let name = name.trim_end_matches(".sql").to_owned();
        found.push(Function { domain: domain.clone(), name, text: without_comments(&text) });
    }
    found
}

/// The text without `-- …` and without `comment on …;`, which may speak of any function.
fn without_comments(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(|line| line.split_once("--").map_or(line, |(code, _)| code)).collect();
    let mut rest = lines.join("\n");
    while let Some(start) = rest.find("comment on ") {
        let mut quoted = false;
        let length = rest[start..].find(|c: char| {
            quoted ^= c == '\'';
            c == ';' && !quoted
        });
        rest.replace_range(start..length.map_or(rest.len(), |length| start + length + 1), "");
    }
    rest
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect()
}

/// The functions that a file makes.
fn made(text: &str) -> Vec<&str> {
    let words = words(text);
    let starts = words.windows(5).filter(|w| w[..3] == ["create", "or", "replace"] && w[3] == "function");
    // `create or replace function dot.<name>(`
    let at = starts.map(|w| w.as_ptr() as usize);
    let at: Vec<usize> = at.collect();
    words.windows(6).filter(|w| at.contains(&(w.as_ptr() as usize)) && w[4] == "dot").map(|w| w[5]).collect()
}

struct Trigger {
    name: String,
    table: String,
    function: String,
}

/// The triggers that a file makes by name. Those whose names are computed are of registries.
fn triggers(text: &str) -> Vec<Trigger> {
    let mut found = Vec::new();
    for statement in text.split(';') {
        let words = words(statement);
        let Some(trigger) = words.iter().position(|word| *word == "trigger") else { continue };
        let Some(function) = words.windows(4).rfind(|w| w[..3] == ["execute", "function", "dot"]) else { continue };
        let table = words.windows(3).skip(trigger).find(|w| w[..2] == ["on", "dot"]);
        let (Some(table), Some(name)) = (table, words.get(trigger + 1)) else { continue };
        if words[..trigger].contains(&"create")
            && table[2].chars().all(|c| c.is_lowercase() || c == '_' || c.is_ascii_digit())
        {
            found.push(Trigger {
                name: (*name).to_owned(),
                table: table[2].to_owned(),
                function: function[3].to_owned(),
            });
        }
    }
    found
}

/// The files of this project.
#[test]
fn no_function_calls_a_higher_domain() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    assert_eq!(problems(&root), [""; 0]);
    // The rules have something to hold.
    let functions = functions(&root.join("functions"));
    let triggers: usize = functions.iter().map(|function| triggers(&function.text).len()).sum();
    let said: usize = functions.iter().map(|function| function.text.matches("execute function dot.fn_").count()).sum();
    assert_eq!(triggers, said, "every trigger is read");
    assert!(triggers > 30 && functions.len() > 400);
}

/// Each rule finds what breaks it, in files made for that.
#[test]
fn what_breaks_the_order_is_named() {
    let dir = tempfile::tempdir().expect("a directory");
    let write = |path: &str, text: &str| {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    let function = |name: &str, body: &str| {
        format!(
            "create or replace function dot.{name}() returns int as $$ {body} $$;\ncomment on function dot.{name}() is 'Says; calls fn_high';\n"
        )
    };
    write(
        "domains.toml",
        "[[domain]]\nname = \"low\"\ntables = [\"t\"]\ncarried = { \"t.listed\" = \"fn_high\" }\n[[domain]]\nname = \"high\"\ntables = [\"u\"]\n",
    );
    let trigger = |name: &str, table: &str, by: &str| {
        format!("create trigger {name} after insert on dot.{table} for each row execute function dot.{by}();\n")
    };
    write(
        "functions/low/fn_low.sql",
        &(function("fn_low", "select 1 -- as fn_high does") + &trigger("own", "t", "fn_low")),
    );
    write(
        "functions/high/fn_high.sql",
        &(function("fn_high", "select dot.fn_low()")
            + &trigger("listed", "t", "fn_high")
            + &trigger("lent", "u", "fn_low")),
    );
    assert_eq!(problems(dir.path()), [""; 0]);

    write("functions/low/fn_low.sql", &function("fn_low", "select dot.fn_high()"));
    assert_eq!(problems(dir.path()), ["low/fn_low.sql: calls fn_high of the higher domain high"]);
    write("functions/low/fn_low.sql", &function("fn_other", "select 1"));
    assert_eq!(problems(dir.path()), ["low/fn_low.sql: its one function is fn_low, but it makes [\"fn_other\"]"]);
    write("functions/low/fn_low.sql", &(function("fn_low", "select 1") + &trigger("stray", "u", "fn_low")));
    assert_eq!(problems(dir.path()), ["low/fn_low.sql: trigger u.stray belongs into domain high"]);
    write("functions/low/fn_low.sql", &function("fn_low", "select 1"));
    write("functions/high/fn_high.sql", &(function("fn_high", "select 1") + &trigger("hung", "t", "fn_high")));
    assert_eq!(
        problems(dir.path()),
        [
            "high/fn_high.sql: trigger t.hung is by fn_high of the higher domain high, and not listed so",
            "domains.toml: there is no trigger t.listed"
        ]
    );
    write("functions/odd/fn_odd.sql", &function("fn_odd", "select 1"));
    assert!(problems(dir.path()).contains(&"odd/fn_odd.sql: odd is no domain".to_owned()));
}

/// The list of tables is that of the database.
#[test]
fn every_table_is_in_one_domain() {
    let order = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/domains.toml"))
        .expect("domains.toml");
    let order: Order = toml::from_str(&order).expect("sound domains");
    let mut listed: Vec<&String> = order.domain.iter().flat_map(|d| &d.tables).collect();
    listed.sort_unstable();
    let db = crate::common::Db::new();
    let there = db.one(
        "select string_agg(relname, ',' order by relname collate \"C\") from pg_class
          where relnamespace = 'dot'::regnamespace and relkind in ('r', 'p') and not relispartition",
    );
    let listed: Vec<&str> = listed.iter().map(|table| table.as_str()).collect();
    assert_eq!(listed.join(","), there);
}
