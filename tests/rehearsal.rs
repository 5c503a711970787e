//! A dry run of every mutating command works as the real run would, and leaves every table's content as it was.
//!
//! Beside each mutating command `commands/<group>/<verb>.toml` stands `<verb>.rehearsal`, with the arguments of a run that has
//! an effect and what must be there before; see [`Fixture`]. Several commands start from a stage of `tests/stages/`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use dot::catalog::spec::Idempotency;
use dot::catalog::{CommandSpec, embedded};
use serde::Deserialize;
use serde_json::Value;

use crate::common::{Db, words};

/// How a command is rehearsed. Every text may name what is bound: `$database`, `$dir` (the home), `$tomorrow`, and what
/// earlier steps have bound.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    /// The arguments, quoted as in a shell; `--dry-run` is added.
    #[serde(default)]
    args: String,
    /// The command is for the local cluster of a machine, and is rehearsed on one of its own.
    #[serde(default)]
    own_cluster: bool,
    /// What comes first: `tests/stages/<stage>.toml`.
    stage: Option<String>,
    #[serde(default)]
    step: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Step {
    /// A command that succeeds. Binds members of its document, by their JSON pointers.
    Dot {
        dot: String,
        #[serde(default)]
        bind: BTreeMap<String, String>,
    },
    /// Statements; or a query, whose one value is bound.
    Sql { sql: String, bind: Option<String> },
    /// A file in `$dir`.
    File { file: String, text: String },
}

impl Fixture {
    fn read(path: &Path) -> Fixture {
        let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }
}

/// A database with what has been bound so far.
struct Scene {
    db: Db,
    bound: BTreeMap<String, String>,
}

/// The stages, each set once by each run and copied for each scene.
static STAGES: Mutex<BTreeMap<String, Arc<OnceLock<Scene>>>> = Mutex::new(BTreeMap::new());

impl Scene {
    /// What a fixture needs.
    fn of(fixture: &Fixture) -> Scene {
        let mut scene = match &fixture.stage {
            None => Scene::on(Db::new(), BTreeMap::new()),
            Some(stage) => {
                let all =
                    STAGES.lock().unwrap_or_else(PoisonError::into_inner).entry(stage.clone()).or_default().clone();
                let path =
                    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stages").join(stage).with_extension("toml");
                let set = all.get_or_init(|| Scene::of(&Fixture::read(&path)));
                Scene::on(set.db.copy(), set.bound.clone())
            }
        };
        for step in &fixture.step {
            scene.step(step);
        }
        scene
    }

    fn on(db: Db, mut bound: BTreeMap<String, String>) -> Scene {
        let tomorrow = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24);
        let own = [
            ("database", db.name.clone()),
            ("dir", db.home().display().to_string()),
            ("tomorrow", tomorrow.to_string()),
        ];
        bound.extend(own.map(|(name, value)| (name.to_owned(), value)));
        Scene { db, bound }
    }

    /// A text with its names replaced; a name that nothing has bound stays as it is.
    fn fill(&self, text: &str) -> String {
        // The longest first, where one name begins with another.
        let mut names: Vec<&String> = self.bound.keys().collect();
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.into_iter().fold(text.to_owned(), |text, name| text.replace(&format!("${name}"), &self.bound[name]))
    }

    /// Split before it is filled, so that what is bound may hold anything.
    fn argv(&self, line: &str) -> Vec<String> {
        words(line).iter().map(|word| self.fill(word)).collect()
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Dot { dot, bind } => {
                let argv = self.argv(dot);
                let document = self.db.json(&argv.iter().map(String::as_str).collect::<Vec<_>>());
                for (name, pointer) in bind {
                    let value = document.pointer(pointer).and_then(Value::as_str);
                    let value = value.unwrap_or_else(|| panic!("dot {argv:?}: no text at {pointer}: {document}"));
                    self.bound.insert(name.clone(), value.to_owned());
                }
            }
            Step::Sql { sql, bind: None } => self.db.sql(&self.fill(sql)),
            Step::Sql { sql, bind: Some(name) } => {
                let value = self.db.one(&self.fill(sql));
                self.bound.insert(name.clone(), value);
            }
            Step::File { file, text } => fs::write(self.db.home().join(file), self.fill(text)).expect("a file"),
        }
    }
}

fn rehearse(spec: &CommandSpec, path: &Path) {
    let fixture = Fixture::read(path);
    if fixture.own_cluster {
        return crate::cluster::backup::rehearses(&spec.words().collect::<Vec<_>>());
    }
    let scene = Scene::of(&fixture);
    let args = scene.argv(&fixture.args);
    let before = scene.db.content();
    let argv: Vec<&str> = spec.words().chain(args.iter().map(String::as_str)).chain(["--dry-run"]).collect();
    let document = scene.db.json(&argv);
    assert_eq!((&document["dry_run"], document["effects"].is_object()), (&Value::Bool(true), true), "{document}");
    assert_eq!(scene.db.content(), before, "the dry run of {} left something behind", spec.code);
    let others = "select count(*) from dot.dot_command_run where mode = 'dry_run' and state <> 'rehearsed'";
    assert_eq!(scene.db.one(others), "0");
}

/// Where a command is declared to be done once however often it is done (`idempotency = "natural"`), the same run again, without
/// a key, is refused or touches no row.
fn repeat(spec: &CommandSpec, path: &Path) {
    let fixture = Fixture::read(path);
    let scene = Scene::of(&fixture);
    let args = scene.argv(&fixture.args);
    let consent = ["--yes", "--confirm", &scene.db.name, "--json"];
    let argv: Vec<&str> = spec.words().chain(args.iter().map(String::as_str)).chain(consent).collect();
    let first = scene.db.dot(&argv);
    // What is done under an approval alone is refused the first time as well, and done once by its proposal.
    assert!(
        [0, 3, 12].contains(&first.code) || (first.code, spec.approval.is_some()) == (7, true),
        "{}{}",
        first.stdout,
        first.stderr
    );
    let again = scene.db.dot(&argv);
    match again.code {
        0 | 3 | 12 => assert_eq!(again.json()["effects"]["tables"], serde_json::json!({}), "again: {}", again.stdout),
        5..=7 | 9 => {}
        _ => panic!("again: {}{}", again.stdout, again.stderr),
    }
}

/// Where the fixture of a command stands.
fn place(spec: &CommandSpec) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("commands");
    let below: PathBuf = spec.words().collect();
    if root.join(&below).with_extension("toml").exists() {
        return root.join(below).with_extension("rehearsal");
    }
    // Of a command that a template stands for, beside the template: `phase/enable` for `phase1 enable`.
    let group = spec.words().next().unwrap_or_default();
    let rest: PathBuf = spec.words().skip(1).collect();
    let template = fs::read_dir(&root).expect("commands").map(|entry| entry.expect("a folder").path()).find(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        group.starts_with(&*name) && folder.join(&rest).with_extension("toml").exists()
    });
    template.unwrap_or_else(|| panic!("{} has no file", spec.code)).join(rest).with_extension("rehearsal")
}

#[test]
fn a_dry_run_of_every_mutating_command_changes_nothing() {
    let catalog = embedded::commands().expect("the catalogue");
    let specs: Vec<&CommandSpec> =
        catalog.iter().map(|entry| &entry.spec).filter(|spec| spec.mutating && !spec.local).collect();
    let wanted: BTreeSet<PathBuf> = specs.iter().map(|spec| place(spec)).collect();
    let there: BTreeSet<PathBuf> = walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("commands"))
        .into_iter()
        .map(|entry| entry.expect("a readable folder").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rehearsal"))
        .collect();
    let missing: Vec<_> = wanted.difference(&there).collect();
    assert!(missing.is_empty(), "write how these mutating commands are rehearsed: {missing:#?}");
    let orphaned: Vec<_> = there.difference(&wanted).collect();
    assert!(orphaned.is_empty(), "these stand beside no mutating command: {orphaned:#?}");

    each(&specs, rehearse);
}

#[test]
fn a_natural_command_done_twice_is_done_once() {
    let catalog = embedded::commands().expect("the catalogue");
    let natural = |spec: &&CommandSpec| {
        spec.mutating && !spec.local && spec.idempotency == Idempotency::Natural && spec.code != "worker run"
    };
    let specs: Vec<&CommandSpec> = catalog.iter().map(|entry| &entry.spec).filter(natural).collect();
    each(&specs, repeat);
}

/// Does it for each command, and names all that fail.
fn each(specs: &[&CommandSpec], it: impl Fn(&CommandSpec, &Path) + Copy + Send + Sync + std::panic::RefUnwindSafe) {
    let (rest, failed) = (Mutex::new(specs.iter()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(spec) = rest.lock().expect("the rest").next() else { return };
                    let path = place(spec);
                    // One bad thing stops only itself; its panic has said what is wrong with it.
                    if std::panic::catch_unwind(|| it(spec, &path)).is_err() {
                        failed.lock().expect("the failed").push(spec.code.clone());
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().expect("the failed");
    println!("{} commands", specs.len());
    assert!(failed.is_empty(), "these fail: {failed:?}");
}
