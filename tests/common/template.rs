//! The template of all databases with the platform in them, named by the digest of everything it is made from.

use std::sync::OnceLock;

use dot::migrate::files::Files;
use sha2::{Digest, Sha256};

use super::server::{connect, execute, server};
use super::{bare, clones, place, wait};

/// The digest of the migrations, functions, commands and registries.
pub fn digest() -> &'static str {
    static DIGEST: OnceLock<String> = OnceLock::new();
    DIGEST.get_or_init(|| {
        let files = Files::load(None).expect("the migrations").digest();
        let content = dot::catalog::embedded::content().expect("the registries");
        let catalog = dot::catalog::embedded::commands().expect("the catalogue");
        let commands: String = catalog.iter().map(|entry| entry.digest.as_str()).collect();
        let all = Sha256::digest(format!("{files}{commands}{content}"));
        dot::hex::hex(&all)[..24].to_owned()
    })
}

/// Its name. Made by the first process that asks for it.
pub fn template() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let name = format!("template_{}", digest());
        // From here on nobody sweeps what has this digest.
        clones::run();
        let _lock = place::lock("template");
        let server = server();
        let there = wait(async {
            let sql = "select exists (select 1 from pg_database where datname = $1)";
            let there = sqlx::query_scalar::<_, bool>(sql).persistent(false).bind(&name);
            there.fetch_one(&mut connect(server).await).await.expect("an answer")
        });
        if !there {
            make(&name);
        }
        name
    })
}

/// Under another name first, so that a killed run leaves no half-made template.
fn make(name: &str) {
    let server = server();
    let admin = |sql: &str| {
        wait(async { execute(&mut connect(server).await, sql).await.unwrap_or_else(|e| panic!("{sql}: {e}")) })
    };
    admin(&format!("drop database if exists draft_{name}"));
    admin(&format!("create database draft_{name} template template0"));
    let url = format!("postgres://dot@localhost/draft_{name}?host={}", server.socket_dir.display());
    for args in [&["migrate", "apply"][..], &["catalog", "sync"]] {
        let output = bare(args).env("DATABASE_URL", &url).output().expect("dot runs");
        assert!(output.status.success(), "dot {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    admin(&format!("alter database draft_{name} rename to {name}"));
}
