//! The present shape of every table as files that are reviewed in diffs, one for each domain.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dot::migrate::snapshot::Snapshot;

use crate::common::{Db, wait};

/// Functions are reviewed in their own files, and who may call them in those of their commands: neither is here.
#[test]
fn the_tables_are_as_reviewed() {
    let db = Db::new();
    let snapshot = wait(async {
        let mut connection = db.connect().await;
        sqlx::raw_sql("begin").execute(&mut connection).await.expect("a transaction");
        Snapshot::take(&mut connection).await.expect("a snapshot")
    });
    let domains = domains();
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for (name, lines) in relations(&snapshot) {
        let domain = domain_of(&domains, &snapshot, &name);
        files.entry(domain).or_default().push_str(&format!("{}\n\n", lines.join("\n")));
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "shape" }, {
        for (domain, text) in &files {
            insta::assert_snapshot!(*domain, text);
        }
    });
    let shape = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/migrate/shape");
    let kept: BTreeSet<String> = fs::read_dir(shape)
        .expect("the shapes")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".snap"))
        .collect();
    let made: BTreeSet<String> = files.keys().map(|domain| format!("{domain}.snap")).collect();
    assert_eq!(kept, made, "a file for each domain, and no other");
}

/// The domains, the lowest first, with the tables of each, as `migrations/domains.toml` has them.
fn domains() -> Vec<(String, BTreeSet<String>)> {
    let text = include_str!("../../migrations/domains.toml");
    let listed: toml::Table = text.parse().expect("migrations/domains.toml");
    let domains = listed["domain"].as_array().expect("domains");
    let names = |domain: &toml::Value| {
        let tables = domain.get("tables").and_then(toml::Value::as_array);
        tables.into_iter().flatten().filter_map(|table| table.as_str().map(str::to_owned)).collect()
    };
    domains.iter().map(|domain| (domain["name"].as_str().expect("a name").to_owned(), names(domain))).collect()
}

/// The domain of a table; of a view, the highest of the tables that it reads.
fn domain_of<'a>(domains: &'a [(String, BTreeSet<String>)], snapshot: &Snapshot, relation: &str) -> &'a str {
    let view =
        snapshot.0.get(&format!("view dot.{relation}")).map(|text| text.split_once(", as ").map_or("", |(_, sql)| sql));
    let found = match view {
        None => domains.iter().find(|(_, tables)| tables.contains(relation)),
        Some(sql) => {
            let words: BTreeSet<&str> = sql.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            let reads = |tables: &BTreeSet<String>| tables.iter().any(|table| words.contains(table.as_str()));
            domains.iter().rev().find(|(_, tables)| reads(tables)).or(domains.first())
        }
    };
    found.map_or_else(|| panic!("migrations/domains.toml does not list {relation}"), |(domain, _)| domain)
}

/// The lines of each table and view, by name.
fn relations(snapshot: &Snapshot) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for kind in ["table", "view", "materialized view"] {
        for (name, about) in below(snapshot, kind, "") {
            let (about, comment) = about.split_once(", comment ").unwrap_or((about, "-"));
            // The definition of a view stands in its file, and servers write it differently.
            let comment = comment.split(", as ").next().unwrap_or_default();
            let mut lines = vec![format!("{kind} {name}"), format!("  {comment}")];
            lines.extend(unusual(about).map(|what| format!("  {what}")));
            lines.extend(columns(snapshot, name));
            lines.extend(keys(snapshot, name));
            lines.extend(triggers(snapshot, name));
            lines.extend(grants(snapshot, kind, name));
            all.insert(name.to_owned(), lines.into_iter().map(|line| line.replace('\n', " ")).collect());
        }
    }
    all
}

/// The objects of a kind that belong to a relation, or all of schema dot, with what they are.
fn below<'a>(snapshot: &'a Snapshot, kind: &str, relation: &str) -> Vec<(&'a str, &'a str)> {
    let prefix = if relation.is_empty() { format!("{kind} dot.") } else { format!("{kind} dot.{relation}.") };
    let objects = snapshot.0.iter();
    objects.filter_map(|(object, text)| Some((object.strip_prefix(&prefix)?, text.as_str()))).collect()
}

fn columns(snapshot: &Snapshot, relation: &str) -> Vec<String> {
    let mut columns: Vec<(usize, String)> = below(snapshot, "column", relation)
        .into_iter()
        .map(|(column, text)| {
            let (number, rest) = text.split_once(". ").expect("a number comes first");
            let rest = rest.strip_suffix(", comment -").unwrap_or(rest);
            (number.parse().expect("a number"), format!("    {column:<28} {rest}"))
        })
        .collect();
    columns.sort();
    columns.into_iter().map(|(_, line)| line).collect()
}

/// Constraints, the primary key first, and the indexes that are no constraint's.
fn keys(snapshot: &Snapshot, relation: &str) -> Vec<String> {
    let mut constraints = below(snapshot, "constraint", relation);
    constraints.sort_by_key(|(_, text)| !text.starts_with("PRIMARY KEY"));
    let indexes = below(snapshot, "index", "").into_iter().filter_map(|(index, text)| {
        let (made, how) = text.split_once(&format!(" dot.{relation} USING "))?;
        let unique = if made.contains("UNIQUE") { "unique " } else { "" };
        let own = constraints.iter().any(|(constraint, _)| *constraint == index);
        (!own).then(|| format!("  {unique}index {index}: {how}"))
    });
    let indexes: Vec<String> = indexes.collect();
    constraints.iter().map(|(name, text)| format!("  {name}: {text}")).chain(indexes).collect()
}

fn triggers(snapshot: &Snapshot, relation: &str) -> Vec<String> {
    let triggers = below(snapshot, "trigger", relation).into_iter().map(|(trigger, text)| {
        let text = text.split_once(&format!("TRIGGER {trigger} ")).map_or(text, |(_, how)| how);
        let text = text.replace(&format!(" ON dot.{relation} "), " ");
        format!("  trigger {trigger}: {}", text.strip_suffix(", enabled O").unwrap_or(&text))
    });
    let policies =
        below(snapshot, "policy", relation).into_iter().map(|(name, text)| format!("  policy {name}: {text}"));
    triggers.chain(policies).collect()
}

/// Who else than the owner may do what: servers write the owner's own differently.
fn grants(snapshot: &Snapshot, kind: &str, relation: &str) -> Vec<String> {
    let others = |what: &str, text: &str| {
        let granted: Vec<&str> = text.split(", ").filter(|one| !one.starts_with("dot_owner=")).collect();
        (!granted.is_empty()).then(|| format!("  grants{what}: {}", granted.join(", ")))
    };
    let whole = snapshot.0.get(&format!("grants {kind} dot.{relation}")).and_then(|text| others("", text));
    let columns = below(snapshot, "grants column", relation).into_iter();
    whole.into_iter().chain(columns.filter_map(|(column, text)| others(&format!(" on {column}"), text))).collect()
}

/// What of a relation is not as most have it.
fn unusual(about: &str) -> impl Iterator<Item = &str> {
    let usual =
        ["owner dot_owner", "kind r", "kind v", "persistence p", "options -", "partitioning -", "row security f f"];
    about.split_inclusive(", ").map(|part| part.trim_end_matches(", ")).filter(move |part| !usual.contains(part))
}
