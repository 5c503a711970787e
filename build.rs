//! Validates `commands/` and `catalog/`, and embeds them with `migrations/`, so that a bad file fails the build and
//! start-up parses no TOML.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

#[path = "src/catalog/spec.rs"]
#[allow(dead_code, reason = "the build uses the part of the module that validates")]
mod spec;

use spec::CommandSpec;

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for tree in ["commands", "catalog", "migrations", "src/catalog/spec.rs", "build.rs"] {
        println!("cargo::rerun-if-changed={tree}");
    }

    let content = content(&root.join("catalog"))?;
    let commands = commands(&root.join("commands"), &content)?;
    fs::write(out.join("commands.json"), serde_json::to_string(&commands)?)?;
    fs::write(out.join("content.json"), serde_json::to_string(&content)?)?;
    fs::write(out.join("groups.json"), serde_json::to_string(&content["groups"])?)?;
    fs::write(out.join("migrations.rs"), embed(&root.join("migrations"), "MIGRATIONS")?)?;
    fs::write(out.join("sample.rs"), embed(&root.join("catalog/sample"), "SAMPLE")?)?;
    Ok(())
}

/// Every command by its code, each with the sha-256 of its JSON, `[{"spec": …, "digest": …}]`.
fn commands(dir: &Path, content: &Value) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut specs = BTreeMap::new();
    let mut problems = Vec::new();
    for path in files(dir, "toml") {
        let shown = path.display();
        let mut command: CommandSpec = match toml::from_str(&fs::read_to_string(&path)?) {
            Ok(command) => command,
            Err(cause) => {
                problems.push(format!("{shown}: {cause}"));
                continue;
            }
        };
        command.code = path
            .strip_prefix(dir)?
            .with_extension("")
            .iter()
            .map(|w| w.to_string_lossy())
            .collect::<Vec<_>>()
            .join(" ");
        problems.extend(command.problems().into_iter().map(|problem| format!("{shown}: {problem}")));
        specs.insert(command.code.clone(), command);
    }
    for command in specs.values() {
        let named =
            |what: &str, name: &Option<String>, read: bool| match name.as_ref().map(|name| (name, specs.get(name))) {
                Some((name, None)) => {
                    Some(format!("commands: `{}` names the {what} `{name}`, which is no command", command.code))
                }
                Some((name, Some(other))) if other.mutating == read => {
                    Some(format!("commands: the {what} `{name}` of `{}` is of the wrong kind", command.code))
                }
                _ => None,
            };
        problems.extend(named("pair", &command.pair, true));
        problems.extend(named("inverse", &command.inverse, false));
        for code in &command.errors {
            if content["errors"].get(code).is_none() {
                problems
                    .push(format!("commands: `{}` declares error {code}, which catalog/errors does not", command.code));
            }
        }
        if let Some(gate) = &command.gate
            && content["gates"][gate]["type"] != "bool"
        {
            problems
                .push(format!("commands: `{}` names gate {gate}, which catalog/gates does not declare", command.code));
        }
        for role in command.roles() {
            if content["roles"].get(&role).is_none() {
                problems.push(format!(
                    "commands: `{}` names role {role}, which catalog/roles does not declare",
                    command.code
                ));
            }
        }
    }
    if !problems.is_empty() {
        return Err(format!("the command files are not sound:\n  {}", problems.join("\n  ")).into());
    }
    specs
        .into_values()
        .map(|command| {
            let spec = serde_json::to_value(&command)?;
            let digest = hex(&Sha256::digest(spec.to_string()));
            Ok(json!({ "spec": spec, "digest": digest }))
        })
        .collect()
}

/// The registries of `catalog/`: `{registry: {entry: {…}}}`, from `catalog/<registry>/<entry>.toml`.
fn content(dir: &Path) -> Result<Value, Box<dyn Error>> {
    let mut registries: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    for path in files(dir, "toml") {
        let registry = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
        let entry = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let value: toml::Table =
            toml::from_str(&fs::read_to_string(&path)?).map_err(|cause| format!("{}: {cause}", path.display()))?;
        registries.entry(registry).or_default().insert(entry, serde_json::to_value(value)?);
    }
    Ok(serde_json::to_value(registries)?)
}

/// A Rust table of the files below `dir`: `(path below dir, content)`.
fn embed(dir: &Path, name: &str) -> Result<String, Box<dyn Error>> {
    let mut code = format!("pub static {name}: &[(&str, &str)] = &[\n");
    for path in files(dir, "sql").into_iter().chain(files(dir, "md")) {
        writeln!(code, "    ({:?}, include_str!({path:?})),", path.strip_prefix(dir)?.to_string_lossy())?;
    }
    code.push_str("];\n");
    Ok(code)
}

fn files(dir: &Path, extension: &str) -> Vec<PathBuf> {
    walkdir::WalkDir::new(dir)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
