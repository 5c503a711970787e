//! The present shape of every table as files that are reviewed in diffs, one for each domain.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dot::migrate::files::Files;
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
        let domain = domains.get(&name).unwrap_or_else(|| panic!("no migration creates {name}"));
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

/// The domain of each table and view: that of the migration which first creates it.
fn domains() -> BTreeMap<String, String> {
    let mut domains = BTreeMap::new();
    for migration in Files::load(None).expect("the migrations").migrations {
        for line in migration.up.lines() {
            let words: Vec<&str> = line.split_whitespace().take_while(|word| *word != "--").collect();
            let name = words.iter().find_map(|word| word.strip_prefix("dot."));
            let creates = words.first() == Some(&"create") && words.iter().any(|word| ["table", "view"].contains(word));
            if let Some(name) = name.filter(|_| creates) {
                let name = name.trim_end_matches(|c: char| !c.is_alphanumeric());
                domains.entry(name.to_owned()).or_insert_with(|| migration.description.replace(' ', "_"));
            }
        }
    }
    domains
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
