//! The trees `commands/`, `catalog/` and `migrations/` as files on disk: read, checked and digested.
//!
//! A release embeds what this module reads, through `build.rs`, which includes it; a debug build reads the same at every
//! start, so that a changed file needs no compiler. [`super::embedded`] chooses.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::spec::{CommandSpec, Duty};
use super::{registries, templates};
use crate::hex::hex;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The parts that a release embeds, each a JSON file of its own, so that a start parses only what it needs.
pub const PARTS: [&str; 5] = ["commands", "content", "groups", "migrations", "sample"];

/// One part, read from the project's folder.
///
/// - `commands`: `[{"spec": …, "digest": sha-256}]`, by code;
/// - `content`: `{folder of catalog/: {entry: {…}}}`;
/// - `groups`: the content of `catalog/groups` alone, which every start needs;
/// - `migrations`, `sample`: `[[path below the folder, text]]`.
///
/// An unsound file is an error that names it.
pub fn part(root: &Path, name: &str) -> Result<Value> {
    match name {
        "commands" => commands(&root.join("commands"), &content(&root.join("catalog"))?).map(Value::Array),
        "content" => content(&root.join("catalog")),
        "groups" => groups(&root.join("catalog")),
        "migrations" => texts(&root.join("migrations"), "sql"),
        "sample" => texts(&root.join("catalog/sample"), "md"),
        other => Err(format!("there is no part {other}").into()),
    }
}

/// Writes every part to `dir`, as `<part>.json`: what a release embeds.
pub fn write(root: &Path, dir: &Path) -> Result<()> {
    for name in PARTS {
        fs::write(dir.join(format!("{name}.json")), part(root, name)?.to_string())?;
    }
    Ok(())
}

/// Every command by its code, each with the sha-256 of its JSON.
fn commands(dir: &Path, content: &Value) -> Result<Vec<Value>> {
    let mut specs = BTreeMap::new();
    let mut problems = Vec::new();
    for path in files(dir, "toml")? {
        let shown = path.display();
        let name = path
            .strip_prefix(dir)?
            .with_extension("")
            .iter()
            .map(|w| w.to_string_lossy())
            .collect::<Vec<_>>()
            .join(" ");
        let made = match read_toml(&path).map(|file| templates::expand(&name, file, content)) {
            Ok(Ok(made)) => made,
            Ok(Err(cause)) => {
                problems.push(format!("{shown}: {cause}"));
                continue;
            }
            Err(cause) => {
                problems.push(cause.to_string());
                continue;
            }
        };
        for (code, file) in made {
            let mut command: CommandSpec = match file.try_into() {
                Ok(command) => command,
                Err(cause) => {
                    problems.push(format!("{shown}: {cause}"));
                    continue;
                }
            };
            command.code = code;
            command.settle();
            problems.extend(command.problems().into_iter().map(|problem| format!("{shown}: {problem}")));
            if specs.contains_key(&command.code) {
                problems.push(format!("{shown}: `{}` is declared twice", command.code));
            }
            specs.insert(command.code.clone(), command);
        }
    }
    let mut taken: Vec<(Duty, &str)> = Vec::new();
    for (duty, code) in
        specs.values().flat_map(|command| command.duties.iter().map(|duty| (*duty, command.code.as_str())))
    {
        match taken.iter().find(|(other, _)| *other == duty && duty.is_single()) {
            Some((_, other)) => {
                problems.push(format!("commands: duty {duty:?} is that of `{other}` already, not of `{code}`"))
            }
            None => taken.push((duty, code)),
        }
    }
    for command in specs.values() {
        problems.extend(references(command, &specs, content));
    }
    if !problems.is_empty() {
        return Err(format!("the command files are not sound:\n  {}", problems.join("\n  ")).into());
    }
    specs
        .into_values()
        .map(|command| {
            let digest = digest(&command)?;
            Ok(json!({ "spec": command, "digest": digest }))
        })
        .collect()
}

/// The sha-256, in hexadecimal, of the declaration's JSON.
pub fn digest(spec: &CommandSpec) -> serde_json::Result<String> {
    Ok(hex(&Sha256::digest(serde_json::to_value(spec)?.to_string())))
}

/// What a command names that does not exist, or is of the wrong kind.
fn references(command: &CommandSpec, specs: &BTreeMap<String, CommandSpec>, content: &Value) -> Vec<String> {
    let code = &command.code;
    let named = |what: &str, name: &Option<String>, mutating: bool| {
        let name = name.as_ref()?;
        match specs.get(name) {
            None => Some(format!("commands: `{code}` names the {what} `{name}`, which is no command")),
            Some(other) if other.mutating != mutating => {
                Some(format!("commands: the {what} `{name}` of `{code}` is of the wrong kind"))
            }
            Some(_) => None,
        }
    };
    let mut problems = Vec::new();
    problems.extend(named("pair", &command.pair, false));
    problems.extend(named("inverse", &command.inverse, true));
    for error in command.errors.iter().filter(|error| content["errors"].get(error).is_none()) {
        problems.push(format!("commands: `{code}` declares error {error}, which catalog/errors does not"));
    }
    if let Some(gate) = command.gate.as_ref().filter(|gate| content["settings"][gate]["type"] != "bool") {
        problems.push(format!("commands: `{code}` names gate {gate}, which catalog/settings does not declare"));
    }
    for role in command.roles().iter().filter(|role| content["roles"].get(role).is_none()) {
        problems.push(format!("commands: `{code}` names role {role}, which catalog/roles does not declare"));
    }
    problems
}

/// `catalog/<folder>/<entry>.toml` as `{folder: {entry: {…}}}`, as `catalog/registries` declares the folders.
fn content(dir: &Path) -> Result<Value> {
    let mut folders = BTreeMap::new();
    for entry in fs::read_dir(dir).map_err(|cause| format!("{}: {cause}", dir.display()))? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            return Err(format!("{}: an entry lies in the folder of its registry", entry.path().display()).into());
        }
        let entries = folder(&entry.path())?;
        // The sample documents are no registry.
        if !entries.is_empty() {
            folders.insert(entry.file_name().to_string_lossy().into_owned(), entries);
        }
    }
    let mut content = json!(folders);
    if let Some(groups) = folders.get("groups") {
        content["groups"] = expanded(&dir.join("groups"), groups, &content)?;
    }
    let problems = registries::problems(&content);
    if !problems.is_empty() {
        return Err(format!("the files of catalog/ are not sound:\n  {}", problems.join("\n  ")).into());
    }
    Ok(content)
}

/// The groups of commands, as [`content`] has them, and nothing else of `catalog/` than what they are made from.
fn groups(dir: &Path) -> Result<Value> {
    let groups = folder(&dir.join("groups"))?;
    let mut content = json!({});
    for each in groups.values().filter_map(|group| group["each"].as_str()) {
        content[each] = json!(folder(&dir.join(each))?);
    }
    expanded(&dir.join("groups"), &groups, &content)
}

/// The entries of a folder, each template among them as what it stands for.
fn expanded(dir: &Path, entries: &BTreeMap<String, Value>, content: &Value) -> Result<Value> {
    let mut made = BTreeMap::new();
    for (name, entry) in entries {
        let file = serde_json::from_value(entry.clone())?;
        let files = templates::expand(name, file, content)
            .map_err(|cause| format!("{}/{name}.toml: {cause}", dir.display()))?;
        for (name, file) in files {
            if made.insert(name.clone(), serde_json::to_value(file)?).is_some() {
                return Err(format!("{}: {name} is there twice", dir.display()).into());
            }
        }
    }
    Ok(json!(made))
}

fn folder(dir: &Path) -> Result<BTreeMap<String, Value>> {
    let mut entries = BTreeMap::new();
    for path in files(dir, "toml")? {
        let entry = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.parent() != Some(dir) {
            return Err(
                format!("{}: an entry lies in the folder of its registry, {}", path.display(), dir.display()).into()
            );
        }
        entries.insert(entry, serde_json::to_value(read_toml(&path)?)?);
    }
    Ok(entries)
}

/// The files below `dir` with their text.
fn texts(dir: &Path, extension: &str) -> Result<Value> {
    let mut found = Vec::new();
    for path in files(dir, extension)? {
        found.push(json!([path.strip_prefix(dir)?.to_string_lossy(), read(&path)?]));
    }
    Ok(Value::Array(found))
}

/// The files below `dir`, by name. A folder that cannot be read is an error: it must not pass for an empty one.
fn files(dir: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(dir).sort_by_file_name() {
        let path = entry?.into_path();
        if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    Ok(found)
}

fn read_toml(path: &Path) -> Result<toml::Table> {
    toml::from_str(&read(path)?).map_err(|cause| format!("{}: {cause}", path.display()).into())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|cause| format!("{}: {cause}", path.display()).into())
}
