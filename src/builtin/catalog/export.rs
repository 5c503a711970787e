//! `dot catalog export DIR`: shell completions and man pages, made from the same tree that parses; or a guide for agents.

use std::fs;
use std::path::Path;

use clap::Command;
use clap_complete::env::{Bash, EnvCompleter, Fish, Zsh};
use serde_json::json;

use super::skill;
use crate::catalog::embedded;
use crate::cli::tree;
use crate::database::Session;
use crate::failure::{At, Failure, Result};
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program};

pub struct Export;

impl Builtin for Export {
    fn name(&self) -> &'static str {
        "catalog.export"
    }

    fn run<'a>(&self, _: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        done(export(invocation))
    }
}

fn export(invocation: &Invocation) -> Result<Outcome> {
    // What is exported is the program's own catalogue, whatever the caller has added.
    let catalog = embedded::commands()?;
    if invocation.args.get("skill").is_some_and(|skill| skill == true) {
        let dir = Path::new(invocation.text("dir").unwrap_or("."));
        fs::create_dir_all(dir).at(|| format!("cannot make {}", dir.display()))?;
        let path = dir.join("SKILL.md");
        fs::write(&path, skill::guide(&catalog, &embedded::content()?))
            .at(|| format!("cannot write {}", path.display()))?;
        return Ok(Outcome::of(json!({ "written": 1, "files": [path.display().to_string()] })));
    }
    let dir = Path::new(invocation.text("dir").unwrap_or("completions"));
    let man = dir.join("man");
    fs::create_dir_all(&man).at(|| format!("cannot make {}", man.display()))?;
    let mut written = Vec::new();
    let mut write = |path: std::path::PathBuf, content: Vec<u8>| {
        fs::write(&path, content).at(|| format!("cannot write {}", path.display()))?;
        written.push(path.display().to_string());
        Ok::<(), Failure>(())
    };
    let shells: [(&str, &dyn EnvCompleter); 3] = [("dot.bash", &Bash), ("_dot", &Zsh), ("dot.fish", &Fish)];
    for (file, shell) in shells {
        let mut script = Vec::new();
        shell.write_registration("COMPLETE", "dot", "dot", "dot", &mut script).at(|| format!("cannot make {file}"))?;
        write(dir.join(file), script)?;
    }
    let mut root = tree::build(&catalog);
    root.build();
    for (name, command) in pages(&root, "dot") {
        let mut page = Vec::new();
        clap_mangen::Man::new(command.name(name.clone()))
            .date("")
            .render(&mut page)
            .at(|| format!("cannot make {name}.1"))?;
        write(man.join(format!("{name}.1")), page)?;
    }
    Ok(Outcome::of(json!({ "written": written.len(), "files": written })))
}

/// Every command and group with the name of its man page.
fn pages(command: &Command, name: &str) -> Vec<(String, Command)> {
    let mut all = vec![(name.to_owned(), command.clone())];
    for below in command.get_subcommands() {
        all.extend(pages(below, &format!("{name}-{}", below.get_name())));
    }
    all
}
