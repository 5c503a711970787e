//! The declarations of registries, `catalog/registries/<r>.toml`, and what they say of the other folders of `catalog/`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value};

/// One registry. `registry_catalog` in the database keeps the same under the same names, but for those in its `fields`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "some of it is for the database, and is here to have its name and type checked")]
struct Registry {
    /// The table in schema `dot`; none where the folder is for the program alone.
    table: Option<String>,
    /// The folder of `catalog/` with its entries; none where they have no files.
    folder: Option<String>,
    #[serde(default)]
    kind: Kind,
    phase: Phase,
    summary: String,
    /// The column that the table is keyed by; none where there are several, which `identity` then names.
    key_column: Option<String>,
    #[serde(default)]
    identity: Vec<String>,
    /// Entries may be proposed.
    #[serde(default)]
    open: bool,
    /// What the table's `status` says of an archived entry.
    archived_word: Option<String>,
    /// What it says of an entry whose file is gone; none where entries stay.
    gone: Option<String>,
    #[serde(default)]
    birth: Vec<Birth>,
    #[serde(default)]
    compat: Compat,
    /// Files are read while the table is empty, and never again.
    #[serde(default)]
    once: bool,
    /// The columns that the files own; those that a function fills beside them; those that a file says at birth only.
    #[serde(default)]
    owned: Vec<String>,
    #[serde(default)]
    derived: Vec<String>,
    #[serde(default)]
    initial: Vec<String>,
    /// What only `derive` reads of a file.
    #[serde(default)]
    reads: Vec<String>,
    /// Names that files use for columns.
    #[serde(default)]
    fields: BTreeMap<String, String>,
    #[serde(default)]
    defaults: BTreeMap<String, Value>,
    validate: Option<String>,
    derive: Option<String>,
    after: Option<String>,
    /// The expected columns with their types.
    columns: BTreeMap<String, String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Phase {
    /// The platform has it.
    Live,
    /// Planned: its table may be absent.
    Candidate,
    /// Nothing of it is in the database.
    Program,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// Its entries are born, change and end as those of registries do.
    #[default]
    Registry,
    /// Any other relation whose name and columns users rely on: it is surveyed, and that is all.
    Relation,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Birth {
    Catalog,
    Command,
    Proposal,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Compat {
    #[default]
    Replace,
    Versioned,
}

/// What is unsound: a declaration, a folder that no registry declares, and in the files fields that are none of theirs.
pub fn problems(content: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    let mut folders: BTreeMap<String, Registry> = BTreeMap::new();
    let mut tables: BTreeMap<String, String> = BTreeMap::new();
    for (code, entry) in content["registries"].as_object().into_iter().flatten() {
        let registry: Registry = match serde_json::from_value(entry.clone()) {
            Ok(registry) => registry,
            Err(cause) => {
                problems.push(format!("catalog/registries/{code}.toml: {cause}"));
                continue;
            }
        };
        problems.extend(registry.problems().map(|problem| format!("catalog/registries/{code}.toml: {problem}")));
        if let Some(table) = registry.table.clone().filter(|_| registry.kind == Kind::Registry)
            && let Some(other) = tables.insert(table.clone(), code.clone())
        {
            problems.push(format!("catalog/registries/{code}.toml: table {table} is that of registry {other}"));
        }
        let Some(folder) = registry.folder.clone() else { continue };
        if content.get(&folder).is_none() {
            problems.push(format!("catalog/registries/{code}.toml: there is no folder catalog/{folder}"));
        }
        if folders.insert(folder.clone(), registry).is_some() {
            problems.push(format!("catalog/registries/{code}.toml: folder {folder} belongs to another registry"));
        }
    }
    for (folder, entries) in content.as_object().into_iter().flatten() {
        match folders.get(folder) {
            None => problems.push(format!("catalog/{folder}: no file of catalog/registries declares this folder")),
            Some(registry) => {
                for (name, entry) in entries.as_object().into_iter().flatten() {
                    let found = entry.as_object().into_iter().flat_map(|entry| registry.wrong(entry));
                    problems.extend(found.map(|problem| format!("catalog/{folder}/{name}.toml: {problem}")));
                }
            }
        }
    }
    problems
}

impl Registry {
    fn problems(&self) -> impl Iterator<Item = String> {
        let mut problems = Vec::new();
        let written = self.owned.iter().chain(&self.derived).chain(&self.initial);
        let named = written.chain(&self.identity).chain(&self.key_column).chain(self.fields.values());
        for column in named.chain(self.defaults.keys()).filter(|column| !self.columns.contains_key(*column)) {
            // Where a table is not surveyed, its own columns may still be filled.
            if !self.derived.contains(column) {
                problems.push(format!("column {column} is not in [columns]"));
            }
        }
        if self.summary.trim().is_empty() {
            problems.push("the summary is empty".to_owned());
        }
        if self.derive.is_none() && !self.derived.is_empty() {
            problems.push("`derived` are the columns that the function `derive` fills, which is not named".to_owned());
        }
        for function in [&self.validate, &self.derive, &self.after].into_iter().flatten() {
            if !function.starts_with("fn_") {
                problems.push(format!("invalid function name {function}: expected fn_…"));
            }
        }
        if self.phase == Phase::Program {
            if self.table.is_some() || self.folder.is_none() {
                problems.push("a registry for the program alone has a folder and no table".to_owned());
            }
        } else {
            if self.table.is_none() {
                problems.push("it names no table".to_owned());
            }
            if self.kind == Kind::Relation {
                if self.folder.is_some() || !self.birth.is_empty() {
                    problems.push("a relation that is no registry has no entries: no folder and no birth".to_owned());
                }
                return problems.into_iter();
            }
            if self.birth.is_empty() {
                problems.push("`birth` says what its entries may come from: catalog, command, proposal".to_owned());
            }
            if self.phase == Phase::Live && self.key_column.is_none() && self.identity.is_empty() {
                problems.push("it has no key: `key_column`, or `identity` where there are several".to_owned());
            }
        }
        problems.into_iter()
    }

    /// The fields of a file that are none, or of another type than their column.
    fn wrong(&self, entry: &Map<String, Value>) -> Vec<String> {
        let said = |name: &str| self.fields.get(name).map_or(name, String::as_str).to_owned();
        let mut problems = Vec::new();
        for (name, value) in entry.iter().filter(|(name, _)| !self.reads.contains(name)) {
            let column = said(name);
            if column != *name && entry.contains_key(&column) {
                problems.push(format!("{name} and {column} are two names of one column"));
            }
            if !self.owned.contains(&column) && !self.initial.contains(&column) {
                let mut known: Vec<&str> = self.owned.iter().chain(&self.initial).map(String::as_str).collect();
                known.extend(self.fields.keys().chain(&self.reads).map(String::as_str));
                known.sort_unstable();
                problems.push(format!("{name} is not a field of this registry: {}", known.join(", ")));
                continue;
            }
            let kind = self.columns.get(&column).map_or("jsonb", String::as_str);
            if !fits(kind, value) {
                problems.push(format!("{name} is not of type {kind}"));
            }
        }
        problems
    }
}

/// Whether a value of a file can be one of a column's type, as far as that shows without the database.
fn fits(kind: &str, value: &Value) -> bool {
    match kind {
        "jsonb" => true,
        "boolean" => value.is_boolean(),
        "smallint" | "integer" | "bigint" => value.is_i64(),
        "numeric" => value.is_number(),
        array if array.ends_with("[]") => value.is_array(),
        _ => value.is_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn catalog() -> Value {
        json!({
            "registries": {
                "colours": {
                    "table": "colour_registry", "folder": "colours", "phase": "live", "summary": "Colours", "key_column": "colour_code",
                    "birth": ["catalog"], "owned": ["hue", "title"], "fields": { "name": "title" },
                    "columns": { "colour_code": "text", "hue": "integer", "title": "text" },
                },
                "registries": {
                    "folder": "registries", "phase": "program", "summary": "x", "owned": [
                        "table", "folder", "phase", "summary", "key_column", "birth", "owned", "fields", "columns", "derive", "derived",
                    ],
                    "columns": {
                        "table": "text", "folder": "text", "phase": "text", "summary": "text", "key_column": "text", "birth": "jsonb",
                        "owned": "jsonb", "fields": "jsonb", "columns": "jsonb", "derive": "text", "derived": "text[]",
                    },
                },
            },
            "colours": { "red": { "hue": 0, "name": "Red" } },
        })
    }

    fn one(change: impl FnOnce(&mut Value)) -> String {
        let mut content = catalog();
        change(&mut content);
        let problems = problems(&content);
        assert_eq!(problems.len(), 1, "{problems:?}");
        problems.into_iter().next().unwrap_or_default()
    }

    #[test]
    fn what_is_sound_has_no_problems() {
        assert_eq!(problems(&catalog()), [""; 0]);
    }

    #[test]
    fn a_folder_without_a_registry_is_named() {
        let problem = one(|content| content["colors"] = json!({ "blue": { "hue": 240 } }));
        assert_eq!(problem, "catalog/colors: no file of catalog/registries declares this folder");
    }

    #[test]
    fn a_table_is_one_registry_and_a_column_is_said_once() {
        let mut content = catalog();
        content["registries"]["hues"] = content["registries"]["colours"].clone();
        let problems = problems(&content);
        assert!(problems[0].ends_with("hues.toml: table colour_registry is that of registry colours"), "{problems:?}");
        let problem = one(|content| content["colours"]["red"]["title"] = json!("Rouge"));
        assert_eq!(problem, "catalog/colours/red.toml: name and title are two names of one column");
    }

    #[test]
    fn a_registry_with_a_misspelt_folder_is_named_with_the_folder() {
        let mut content = catalog();
        content["registries"]["colours"]["folder"] = json!("colour");
        assert_eq!(
            problems(&content),
            [
                "catalog/registries/colours.toml: there is no folder catalog/colour",
                "catalog/colours: no file of catalog/registries declares this folder"
            ]
        );
    }

    #[test]
    fn a_field_that_is_no_column_is_named_in_its_file() {
        let problem = one(|content| content["colours"]["red"]["huee"] = json!(1));
        assert_eq!(problem, "catalog/colours/red.toml: huee is not a field of this registry: hue, name, title");
        let problem = one(|content| content["colours"]["red"]["hue"] = json!("red"));
        assert_eq!(problem, "catalog/colours/red.toml: hue is not of type integer");
    }

    #[test]
    fn a_declaration_with_an_unknown_column_or_key_is_named() {
        let problem = one(|content| content["registries"]["colours"]["owned"] = json!(["hue", "title", "tone"]));
        assert_eq!(problem, "catalog/registries/colours.toml: column tone is not in [columns]");
        let mut content = catalog();
        content["registries"]["colours"]["archived_wrod"] = json!("archived");
        assert!(problems(&content)[0].contains("unknown field `archived_wrod`"), "{:?}", problems(&content));
        let problem = one(|content| {
            content["registries"]["colours"]["derived"] = json!(["hue"]);
        });
        assert!(problem.contains("which is not named"), "{problem}");
    }
}
