//! How `src/` is built: data flows one way between its folders, commands are known by what their files declare and never by
//! name, and every builtin is an object of its own that some command names.

mod declared;
mod hints;
mod names;
mod source;
mod sql;

use std::collections::{BTreeMap, BTreeSet};

use dot::builtin;
use dot::catalog::{Catalog, embedded};
use source::{Source, sources};

/// Who plays the platform through once, as its users do, runs commands by their names.
const USERS: [&str; 2] = ["builtin/quickstart.rs", "builtin/quickstart_guide.rs"];

/// For each folder of `src/`, those that it uses, with a file that does.
fn edges(sources: &[Source]) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut edges: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let folders: BTreeSet<&str> = sources.iter().map(Source::folder).collect();
    for source in sources.iter().filter(|source| !matches!(source.folder(), "main" | "lib")) {
        let own = edges.entry(source.folder().to_owned()).or_default();
        for used in source.uses().into_iter().filter(|used| used != source.folder()) {
            assert!(folders.contains(used.as_str()), "{}: there is no src/{used}", source.path);
            own.entry(used).or_insert_with(|| source.path.clone());
        }
    }
    edges
}

#[test]
fn no_circle_between_folders() {
    let mut edges = edges(&sources());
    assert!(edges.len() > 15 && edges.values().map(BTreeMap::len).sum::<usize>() > 60, "{edges:?}");
    // Whoever uses nothing that is left is taken away; what cannot be is a circle.
    while let Some(lowest) = edges.iter().find(|(_, used)| used.is_empty()).map(|(folder, _)| folder.clone()) {
        edges.remove(&lowest);
        edges.values_mut().for_each(|used| drop(used.remove(&lowest)));
    }
    assert!(edges.is_empty(), "a circle: {edges:#?}");
}

#[test]
fn the_pipeline_needs_neither_the_command_line_nor_a_picture() {
    let edges = edges(&sources());
    let mut reached = BTreeSet::from(["pipeline"]);
    loop {
        let more: Vec<&str> = reached.iter().flat_map(|from| edges[*from].keys()).map(String::as_str).collect();
        let before = reached.len();
        reached.extend(more);
        if reached.len() == before {
            break;
        }
    }
    for above in ["cli", "render", "builtin", "migrate", "worker", "audit"] {
        assert!(edges.contains_key(above), "src/{above} is gone: this test looks for another name");
        assert!(!reached.contains(above), "the pipeline reaches {above}: {:#?}", edges["pipeline"]);
    }
}

/// Why this literal is a command named in code, if it is: a code of several words, or the start of such codes, as a whole
/// literal; or a code of one word, which may mean much else, where a code is spoken of.
fn named(catalog: &Catalog, source: &Source, at: usize, text: &str) -> bool {
    let group = text.ends_with(' ') && catalog.iter().any(|entry| entry.spec.code.starts_with(text));
    let whole = catalog.find(text).is_some() && (text.contains(' ') || source.speaks_of_codes(at));
    group || whole
}

#[test]
fn no_command_is_known_by_its_name() {
    let catalog = embedded::commands().expect("the catalogue");
    let mut found = Vec::new();
    let mut users = 0;
    for source in sources() {
        for (at, text) in source.texts().filter(|(at, text)| named(&catalog, &source, *at, text)) {
            match USERS.contains(&source.path.as_str()) {
                true => users += 1,
                false => found.push(format!("{}: {text:?}, token {at}", source.path)),
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(users > 20, "what is looked for is found where it is allowed: {users}");
}

/// A team declares classes of its own: what a worker does with a job is told by the kind of its class. `bench` brings jobs of
/// its own.
#[test]
fn no_worker_knows_an_executor_class_by_its_name() {
    let content = embedded::content().expect("the registries");
    let classes = content["executor_classes"].as_object().expect("the classes");
    assert!(classes.len() > 5, "{classes:?}");
    let mut looked = 0;
    for source in sources().iter().filter(|source| source.folder() == "worker" && source.path != "worker/bench.rs") {
        looked += 1;
        let named: Vec<String> =
            source.texts().map(|(_, text)| text).filter(|text| classes.contains_key(text)).collect();
        assert!(named.is_empty(), "{} names {named:?}", source.path);
    }
    assert!(looked > 10, "{looked} files of src/worker");
}

/// What stands before the name of a class.
const SPEAKS_OF_CLASSES: [&str; 3] = ["classes", "executor_class", "class_code"];

/// The same of functions: of those about jobs, and of any other where it speaks of classes. Elsewhere a word such as `dot` or
/// `human` is another thing's name.
#[test]
fn no_function_knows_an_executor_class_by_its_name() {
    let content = embedded::content().expect("the registries");
    let classes = content["executor_classes"].as_object().expect("the classes");
    let mut found = Vec::new();
    let (all, mut looked) = (sql::functions(), 0);
    for function in &all {
        for (before, text) in function.literals().into_iter().filter(|(_, text)| classes.contains_key(text)) {
            looked += 1;
            let line = before.lines().next_back().unwrap_or_default().trim_end();
            let is_schema = text == "dot" && line.ends_with("pronamespace =");
            if !is_schema && (function.domain == "job" || SPEAKS_OF_CLASSES.iter().any(|word| line.contains(word))) {
                found.push(format!("{}: {text:?}", function.name));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(looked > 30, "{looked} words that are also names of classes");
}

#[test]
fn every_builtin_is_one_file_and_some_command_names_it() {
    let catalog = embedded::commands().expect("the catalogue");
    let named: BTreeSet<&str> =
        catalog.iter().filter_map(|entry| entry.spec.builtin.as_deref().or(entry.spec.hooks.as_deref())).collect();
    let there: Vec<&str> = builtin::ALL.iter().map(|builtin| builtin.name()).collect();
    assert_eq!(there, named.into_iter().collect::<Vec<_>>(), "the list, in order, is what the command files name");
    let sources = sources();
    let texts: Vec<(&str, String)> =
        sources.iter().flat_map(|source| source.texts().map(|(_, text)| (source.path.as_str(), text))).collect();
    let implementations = |path: &str| {
        let file = sources.iter().find(|source| source.path == path);
        file.map_or(0, |file| file.implementations("Builtin"))
    };
    for name in &there {
        let path = format!("builtin/{}.rs", name.replace('.', "/"));
        assert_eq!(implementations(&path), 1, "{path} is builtin {name}");
        // Nobody decides by the name of a builtin either. One word may mean much else.
        let naming: Vec<&str> = texts.iter().filter(|(_, text)| text == name).map(|(path, _)| *path).collect();
        assert!(!name.contains('.') || naming == [path.as_str()], "{name} is named in {naming:?}");
    }
    let all: usize = sources.iter().map(|source| source.implementations("Builtin")).sum();
    assert_eq!(all, there.len() + 1, "the builtins, and the pipeline's own for commands that name none");
}
