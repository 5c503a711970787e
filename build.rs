//! Checks `commands/` and `catalog/` and embeds them with `migrations/` in a release, so that a bad file fails the build and
//! start-up parses no TOML. A debug build reads the same files when it starts, and is not built again when they change.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

#[path = "src/catalog/arg_type.rs"]
#[allow(dead_code, reason = "the build uses the part of the module that validates")]
mod arg_type;
#[path = "src/catalog/duty.rs"]
mod duty;
#[path = "src/hex.rs"]
mod hex;
#[path = "src/catalog/registries.rs"]
mod registries;
#[path = "src/catalog/shared.rs"]
mod shared;
#[path = "src/catalog/spec.rs"]
#[allow(dead_code, reason = "the build uses the part of the module that validates")]
mod spec;
#[path = "src/catalog/templates.rs"]
mod templates;
#[path = "src/catalog/trees.rs"]
mod trees;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rustc-check-cfg=cfg(embedded)");
    for file in [
        "src/hex.rs",
        "src/catalog/arg_type.rs",
        "src/catalog/duty.rs",
        "src/catalog/shared.rs",
        "src/catalog/registries.rs",
        "src/catalog/spec.rs",
        "src/catalog/templates.rs",
        "src/catalog/trees.rs",
        "build.rs",
    ] {
        println!("cargo::rerun-if-changed={file}");
    }
    // `release` for every profile that inherits from it, `debug` for all others.
    let out = PathBuf::from(env::var("OUT_DIR")?);
    if env::var("PROFILE")? != "release" {
        // What a debug build keeps of its trees was read by other code.
        for name in trees::PARTS {
            let _ = fs::remove_file(out.join(format!("{name}.json")));
        }
        return Ok(());
    }
    println!("cargo::rustc-cfg=embedded");
    for tree in ["commands", "catalog", "migrations"] {
        println!("cargo::rerun-if-changed={tree}");
    }
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    trees::write(&root, &out)
}
