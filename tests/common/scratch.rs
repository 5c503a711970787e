//! The project's trees with files on top, as a domain or a phase would add them.

use std::fs;
use std::path::Path;

use dot::catalog::trees;
use serde_json::{Value, json};

use super::{Db, tempdir};

/// The trees `commands`, `catalog` and `migrations` in a folder, with these files on top.
pub fn trees_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scratch = tempdir();
    for tree in ["commands", "catalog", "migrations"] {
        for file in walkdir::WalkDir::new(root.join(tree)).into_iter().map(|file| file.expect("a file")) {
            let to = scratch.path().join(file.path().strip_prefix(root).expect("below"));
            if file.file_type().is_dir() {
                fs::create_dir_all(to).expect("a folder");
            } else {
                fs::copy(file.path(), to).expect("a copy");
            }
        }
    }
    for (path, text) in files {
        let path = scratch.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    scratch
}

/// Syncs a database with the trees of `root`, as the program that is built of them would. The program at hand was built
/// without the commands of `groups`: it is to find them in the database.
pub fn sync(db: &Db, root: &Path, groups: &[&str]) {
    let part = |name| trees::part(root, name).expect("sound trees");
    let mut commands = part("commands");
    let content: Value = part("content");
    // First as what is shipped: a team's command may name no function of ours that no command of the program has.
    for own in [true, false] {
        for command in commands.as_array_mut().expect("commands") {
            let group = command["spec"]["code"].as_str().and_then(|code| code.split(' ').next()).unwrap_or_default();
            command["source"] = json!(if own || !groups.contains(&group) { "binary" } else { "database" });
        }
        db.sql(&format!("select dot.fn_catalog_sync($c${commands}$c$, $c${content}$c$)"));
    }
}
