//! The yardsticks that `DOT_YARDSTICKS` points to.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;
use walkdir::WalkDir;

/// The folder, or nothing where the yardsticks are not at hand; CI has them.
pub fn folder(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("DOT_YARDSTICKS").map(|all| PathBuf::from(all).join(name)).filter(|at| at.is_dir());
    if folder.is_none() {
        println!("skipped: DOT_YARDSTICKS does not point to a folder with {name}");
    }
    folder
}

/// Stands for U+0000 on the way to the cases that are not held.
const NUL: &str = "<U+0000>";

/// The JSON files directly in a folder, by name.
pub fn files(folder: &Path) -> Vec<(String, String)> {
    WalkDir::new(folder)
        .max_depth(1)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "json"))
        .map(|file| {
            let text = std::fs::read_to_string(file.path()).expect("a file of the yardstick");
            // jsonb has no U+0000, and json fails on any of it as soon as it is taken apart. Numbers stay as written.
            let text = text.replace("\\u0000", NUL);
            (file.file_name().to_string_lossy().into_owned(), text)
        })
        .collect()
}

/// What the suite serves at its own address, as `{URI: schema}`, without the other drafts. `short` adds the addresses of a
/// time when this draft's files lay at the root.
pub fn remotes(short: bool) -> String {
    let mut documents = Map::new();
    if let Some(suite) = folder("json-schema-test-suite") {
        let root = suite.join("remotes");
        for file in WalkDir::new(&root).into_iter().filter_map(Result::ok).filter(|file| file.file_type().is_file()) {
            let below = file.path().strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(file.path()).expect("a document");
            let ours = below.strip_prefix("draft2020-12/");
            if below.starts_with("draft") && ours.is_none() || below.starts_with("v1/") {
                continue;
            }
            let document: Value = serde_json::from_str(&text).expect("JSON");
            if let (true, Some(ours)) = (short, ours) {
                documents.insert(format!("http://localhost:1234/{ours}"), document.clone());
            }
            documents.insert(format!("http://localhost:1234/{below}"), document);
        }
    }
    Value::Object(documents).to_string()
}

/// Runs statements of the test's own.
pub async fn run(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
}

/// A judgement that never fails: null where `jsonb` cannot hold the case, and the error of a schema that cannot be used.
pub const HELPERS: &str = r"
create function pg_temp.held(t text) returns jsonb language plpgsql as $$
begin return case when position('<U+0000>' in t) = 0 then t::jsonb end; end $$;
create function pg_temp.valid(s jsonb, i jsonb, d jsonb) returns text language plpgsql as $$
begin return dot.fn_schema_valid(s, i, d)::text; exception when others then return sqlerrm; end $$;
create function pg_temp.compiled(s jsonb, d jsonb) returns text language plpgsql as $$
begin return dot.fn_schema_compile(s, d); exception when others then return sqlerrm; end $$;
create function pg_temp.called(f text, i jsonb) returns text language plpgsql as $$
declare r text; begin execute format('select %s($1)::text', f) into r using i; return coalesce(r, 'null'); exception when others then return sqlerrm; end $$;
create function pg_temp.contained(a jsonb, b jsonb, d jsonb) returns jsonb language plpgsql as $$
begin return dot.fn_schema_contains(a, b, d); exception when others then return jsonb_build_object('verdict', 'error', 'keyword', sqlerrm); end $$;
";
