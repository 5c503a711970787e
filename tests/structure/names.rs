//! One set of names: a command, its function and what both take are called alike.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use dot::catalog::embedded;

use super::sql::functions;

/// Command files whose function has another name, with the reason. The list only becomes shorter.
const OTHERWISE: [(&str, &str); 1] =
    [("worker/run", "the process that it hosts begins with fn_worker_start, and goes on with others")];

/// What a run keeps in place of an argument that is too long to keep.
const INSTEAD: [(&str, &str); 1] = [("fn_iu_import", "digests")];

/// The functions that users call by name, as the phases' files have them, each with its parameters.
fn users() -> BTreeMap<String, String> {
    let content = embedded::content().expect("the registries");
    let needs =
        |phase: &serde_json::Value| phase.pointer("/needs/functions").and_then(|found| found.as_object()).cloned();
    let phases = content["phases"].as_object().expect("the phases").values();
    phases
        .filter_map(needs)
        .flatten()
        .map(|(name, params)| (name, params.as_str().unwrap_or_default().to_owned()))
        .collect()
}

/// The command files, each by its path without the ending; one of a template stands for all that it makes.
fn files() -> Vec<(String, toml::Table)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("commands");
    let files =
        walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(|entry| entry.expect("a file").into_path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let read = |path: PathBuf| {
        let name = path.strip_prefix(&root).expect("below").with_extension("").display().to_string();
        (name, std::fs::read_to_string(&path).expect("a file").parse().expect("TOML"))
    };
    files.map(read).collect()
}

#[test]
fn a_function_has_the_name_of_its_command() {
    let users = users();
    assert!(users.len() > 15, "{users:?}");
    let otherwise = BTreeMap::from(OTHERWISE);
    let (mut found, mut looked, mut excused) = (Vec::new(), 0, BTreeSet::new());
    for (name, file) in files() {
        let Some(function) = file.get("function").and_then(toml::Value::as_str) else { continue };
        looked += 1;
        let own = format!("fn_{}", name.replace(['/', '-'], "_"));
        let granted = |name: &str| {
            let grants = file.get("grants").and_then(toml::Value::as_array).into_iter().flatten();
            grants.filter_map(toml::Value::as_str).any(|grant| grant == name)
        };
        // Programs call the plain name in transactions of their own, without a run; the command is that with a run.
        let with_a_run = function == format!("{own}_command") && granted(&own);
        if function == own || with_a_run || users.contains_key(function) {
            continue;
        }
        match otherwise.contains_key(name.as_str()) {
            true => drop(excused.insert(name)),
            false => found.push(format!("{name} is {function}, not {own}")),
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(excused.len(), OTHERWISE.len(), "these are in the list for nothing: {otherwise:?}");
    assert!(looked > 150, "{looked} commands with a function");
}

/// A file says `param` only where users call the function by parameters of other names.
#[test]
fn a_parameter_has_the_name_of_its_argument() {
    let users = users();
    let (mut found, mut looked) = (Vec::new(), 0);
    for (name, file) in files() {
        let params = file.get("function").and_then(|name| users.get(name.as_str()?)).map_or("", String::as_str);
        for arg in file.get("args").and_then(toml::Value::as_array).into_iter().flatten() {
            looked += 1;
            let Some(param) = arg.get("param").and_then(toml::Value::as_str) else { continue };
            let own = format!("p_{}", arg["name"].as_str().unwrap_or_default().replace('-', "_"));
            let asked_for = params.split(", ").any(|known| known.split(' ').next() == Some(param));
            if !asked_for || param == own {
                found.push(format!("{name}: {own} is {param}"));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(looked > 350, "{looked} arguments");
}

/// A run that was called from SQL is recorded under the names that the command has for its arguments.
#[test]
fn a_guard_has_the_names_of_the_arguments() {
    let catalog = embedded::commands().expect("the catalogue");
    let (mut found, mut looked) = (Vec::new(), 0);
    for function in functions() {
        let Some((_, guard)) = function.text.split_once("fn_command_guard('") else { continue };
        let (code, rest) = guard.split_once('\'').expect("a command");
        // Another function of the command than its own takes what it needs.
        let spec =
            catalog.find(code).map(|entry| &entry.spec).filter(|spec| spec.function.as_ref() == Some(&function.name));
        let (Some(spec), Some(pairs)) = (spec, rest.strip_prefix(", jsonb_build_object(")) else { continue };
        looked += 1;
        for key in elements(pairs).into_iter().step_by(2).map(|key| key.trim().trim_matches('\'')) {
            let known = spec.args.iter().any(|arg| arg.name == key);
            if !known && !INSTEAD.contains(&(function.name.as_str(), key)) {
                found.push(format!("{}: {key}", function.name));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(looked > 50, "{looked} guards with arguments");
}

/// What stands between the commas of a list, to the parenthesis that ends it.
fn elements(list: &str) -> Vec<&str> {
    let (mut found, mut depth, mut begins, mut quoted) = (Vec::new(), 0, 0, false);
    for (at, sign) in list.char_indices() {
        match sign {
            '\'' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' => depth += 1,
            ')' | ']' if depth > 0 => depth -= 1,
            ')' | ',' if depth == 0 => {
                found.push(&list[begins..at]);
                begins = at + 1;
                if sign == ')' {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}
