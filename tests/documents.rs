//! Documents through the real binary and the real database: byte for byte, twice, hostile, and at random.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use crate::common::{Db, times};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

/// Every `.md` file below a folder.
fn markdown_below(root: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(root)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    files
}

/// The name a document has in the platform: the path without its root.
fn name(path: &Path) -> String {
    path.display().to_string().trim_start_matches('/').to_owned()
}

/// Real documents import, cut, verify and render back byte for byte; a second import changes nothing.
#[test]
fn real_documents_come_back_byte_for_byte() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("catalog/sample");
    let corpus = std::env::var_os("DOT_CORPUS").map(PathBuf::from);
    let root = corpus.as_deref().unwrap_or(&samples).canonicalize().expect("the documents");
    let files = markdown_below(&root);
    let db = Db::new();
    let shown = root.display().to_string();
    let imported = db.json(&["iu", "import", &shown]);
    assert_eq!(imported["pair"]["verdict"], "verified", "{}", imported["pair"]);
    let documents = imported["data"]["documents"].as_array().expect("documents").clone();
    assert_eq!(documents.len(), files.len());
    assert!(documents.iter().all(|document| document["verdict"] == "imported"), "{documents:?}");
    for file in &files {
        let rendered = db.dot(&["iu", "render", &name(file)]).exits(0);
        assert!(rendered.stdout.as_bytes() == fs::read(file).expect("a file"), "{} came back changed", file.display());
    }
    let before = db.content();
    let again = db.json(&["iu", "import", &shown]);
    let documents = again["data"]["documents"].as_array().expect("documents");
    assert!(documents.iter().all(|document| document["verdict"] == "unchanged"), "{documents:?}");
    assert_eq!(db.content(), before, "a second import changes nothing");
    println!(
        "{} documents of {} came back byte for byte",
        files.len(),
        if corpus.is_some() { "the corpus" } else { "the samples" }
    );
}

/// A verdict for each hostile file, the rest imported, exit 12, and nothing half-imported.
#[test]
fn hostile_files_get_a_verdict_each() {
    let db = Db::new();
    let dir = crate::common::tempdir();
    let root = dir.path().canonicalize().expect("a directory");
    let put = |file: &str, bytes: &[u8]| fs::write(root.join(file), bytes).expect("a file");
    put("invalid.md", b"# Title\n\xff\xfe\n");
    put("nul.md", b"# Title\n\0\n");
    put("empty.md", b"");
    put("long-line.md", format!("# Long\n\n{}\n", "x".repeat(1_000_000)).as_bytes());
    let many: String = (0..10_000).map(|n| format!("## Heading {n}\n\ntext {n}\n")).collect();
    put("many.md", many.as_bytes());
    put("skip.md", b"# One\n###### Six\ntext\n### Three\n# Again\n");
    put("fence.md", b"# Real\n```\n# not a heading\n```\n    # indented, neither\n~~~\n# nor this\n~~~\n");
    put("crlf.md", b"# One\r\n\r\ntext\r\n\r\nTwo\r\n---\r\ntext\r\n");
    put("bom.md", b"\xef\xbb\xbf# Title\n\ntext\n");
    put("unreadable.md", b"# Secret\n");
    fs::set_permissions(root.join("unreadable.md"), fs::Permissions::from_mode(0o000)).expect("a mode");
    fs::create_dir(root.join("loop")).expect("a directory");
    symlink(&root, root.join("loop/back")).expect("a link");
    symlink(root.join("crlf.md"), root.join("same.md")).expect("a link");
    let odd = root.join(std::ffi::OsStr::from_bytes(b"odd-\xff.md"));
    fs::write(&odd, b"# Odd\n").expect("a file");

    let shown = root.display().to_string();
    let mut command = db.command(&["iu", "import", &shown, &root.join("bom.md").display().to_string(), "--json"]);
    let is_root = rustix::process::getuid().is_root();
    let ran = crate::common::Ran::of(command.output().expect("dot runs")).exits(12);
    let document = ran.json();
    assert_eq!((document["ok"].as_bool(), document["error"]["kind"].as_str()), (Some(false), Some("partial")));
    let verdicts: Vec<(String, String, String)> = document["data"]["documents"]
        .as_array()
        .expect("documents")
        .iter()
        .map(|d| {
            let file = d["path"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
            let text = |key: &str| d[key].as_str().unwrap_or_default().to_owned();
            (file, text("verdict"), text("message"))
        })
        .collect();
    let of = |file: &str| -> Vec<&(String, String, String)> {
        verdicts.iter().filter(|(name, _, _)| name.starts_with(file)).collect()
    };
    for file in ["long-line.md", "many.md", "skip.md", "fence.md", "crlf.md"] {
        assert!(of(file).iter().any(|(_, verdict, _)| verdict == "imported"), "{file}: {:?}", of(file));
    }
    for file in ["invalid.md", "nul.md", "empty.md", "same.md", "odd-", "back"] {
        assert!(
            of(file).iter().any(|(_, verdict, message)| verdict == "refused" && !message.is_empty()),
            "{file}: {:?} of {verdicts:?}",
            of(file)
        );
    }
    assert!(of("same.md").iter().any(|(_, _, message)| message.contains("a symbolic link to")), "{verdicts:?}");
    // A person sees the reasons too, though the rows of imported documents have none.
    let table = db.dot(&[
        "iu",
        "import",
        &root.join("crlf.md").display().to_string(),
        &root.join("nul.md").display().to_string(),
    ]);
    assert!(table.exits(12).stdout.contains("is zero: this is not a text"));
    // root reads everything.
    let unreadable = of("unreadable.md");
    assert_eq!(unreadable[0].1, if is_root { "imported" } else { "refused" });
    let bom: Vec<&str> = of("bom.md").iter().map(|(_, verdict, _)| verdict.as_str()).collect();
    assert_eq!(
        bom.iter().filter(|verdict| **verdict == "imported").count(),
        1,
        "the same path twice is imported once: {bom:?}"
    );
    assert_eq!(bom.iter().filter(|verdict| **verdict == "refused").count(), 1);

    for file in ["long-line.md", "many.md", "skip.md", "fence.md", "crlf.md", "bom.md"] {
        let rendered = db.dot(&["iu", "render", &name(&root.join(file))]).exits(0);
        assert!(rendered.stdout.as_bytes() == fs::read(root.join(file)).expect("a file"), "{file} came back changed");
    }
    let fence = db.json(&["iu", "list", "--document", &name(&root.join("fence.md"))]);
    assert_eq!(fence["data"].as_array().map(Vec::len), Some(1), "headings in code are none: {fence}");
    let many = db.one("select count(*) from dot.information_unit u join dot.iu_document d using (document_id) where d.name like '%many.md'");
    assert_eq!(many, "10000");
}

/// Any UTF-8 text survives import → cut → split → merge → render, byte for byte.
#[test]
fn any_text_survives() {
    let db = Db::new();
    let mut runner = TestRunner::new(Config { cases: times(30), ..Config::default() });
    let n = std::cell::Cell::new(0);
    let lines = prop_oneof![
        3 => "[^\\x00\\n]{0,40}",
        2 => "#{1,6} [^\\x00\\n]{0,20}",
        1 => Just("---".to_owned()),
        1 => Just("===".to_owned()),
        1 => Just("```".to_owned()),
        1 => Just("> # quoted".to_owned()),
        1 => Just("* # in a list".to_owned()),
        1 => "[ \\t]{0,5}#{1,7}[ \\t]{0,3}",
        1 => "\\PC{0,12}",
    ];
    let ending = prop_oneof![Just("\n"), Just("\r\n"), Just("\r"), Just("")];
    let text = prop::collection::vec((lines, ending), 1..30)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect::<String>())
        .prop_filter("an empty document is refused", |text| !text.is_empty());
    runner
        .run(&(text, any::<prop::sample::Index>(), any::<prop::sample::Index>()), |(text, which, place)| {
            n.set(n.get() + 1);
            let name = format!("random-{}.md", n.get());
            crate::common::wait(async {
                let mut connection = db.connect().await;
                round_trip(&mut connection, &name, &text, which, place).await
            })
        })
        .expect("it holds");
}

async fn round_trip(
    connection: &mut PgConnection,
    name: &str,
    text: &str,
    which: prop::sample::Index,
    place: prop::sample::Index,
) -> Result<(), TestCaseError> {
    let document =
        dot::documents::parse(name, text.to_owned()).map_err(|refused| TestCaseError::reject(refused.message))?;
    let documents = Value::Array(vec![document]).to_string();
    let imported = call(connection, "select dot.fn_iu_import($1::text::jsonb)::text", &[&documents]).await;
    prop_assert_eq!(&imported["documents"][0]["verdict"], "imported", "{}", imported);
    prop_assert_eq!(&render(connection, name).await, text);

    let units = call(
        connection,
        "select coalesce(jsonb_agg(jsonb_build_object('unit', u.unit, 'bytes', u.bytes)), '[]')::text from dot.fn_iu_list(p_document => $1, p_limit => 1000) u",
        &[name],
    )
    .await;
    let units = units.as_array().cloned().unwrap_or_default();
    let unit = which.get(&units)["unit"].as_str().unwrap_or_default().to_owned();
    let body = call(connection, "select dot.fn_iu_show($1::text::uuid)::text", &[&unit]).await["body"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let cuts: Vec<usize> = body.char_indices().map(|(at, _)| at).filter(|at| *at > 0).collect();
    if cuts.is_empty() {
        return Ok(());
    }
    let payload = json!({ "unit": unit, "at": [place.get(&cuts)] });
    let split = under_review(connection, "iu_split", &payload).await;
    prop_assert!(split["after"].as_array().is_some_and(|after| after.len() == 2), "{}", split);
    prop_assert_eq!(&render(connection, name).await, text);

    let parts: Vec<&str> =
        split["after"].as_array().into_iter().flatten().filter_map(|part| part["unit"].as_str()).collect();
    let merged = under_review(connection, "iu_merge", &json!({ "units": parts })).await;
    prop_assert!(merged["after"].as_array().is_some_and(|after| after.len() == 1), "{}", merged);
    prop_assert_eq!(&render(connection, name).await, text);
    let body_again = call(
        connection,
        "select dot.fn_iu_show($1::text::uuid)::text",
        &[merged["after"][0]["unit"].as_str().unwrap_or_default()],
    )
    .await;
    prop_assert_eq!(body_again["body"].as_str(), Some(body.as_str()));
    Ok(())
}

/// The author proposes, someone else approves, the author applies.
async fn under_review(connection: &mut PgConnection, kind: &str, payload: &Value) -> Value {
    let submit = "select dot.fn_proposal_submit($1, $2::text::jsonb)::text";
    let proposed = call(connection, submit, &[kind, &payload.to_string()]).await;
    let proposal = proposed["proposal"].as_str().unwrap_or_else(|| panic!("{proposed}")).to_owned();
    act_as(connection, "reviewer").await;
    call(connection, "select dot.fn_proposal_approve($1::text::uuid, 'read')::text", &[&proposal]).await;
    act_as(connection, "author").await;
    call(connection, "select dot.fn_proposal_apply($1::text::uuid)::text", &[&proposal]).await
}

async fn act_as(connection: &mut PgConnection, actor: &str) {
    sqlx::query("select set_config('dot.actor', $1, false), set_config('dot.actor_kind', 'human', false)")
        .persistent(false)
        .bind(actor.to_owned())
        .execute(connection)
        .await
        .expect("a setting");
}

async fn render(connection: &mut PgConnection, name: &str) -> String {
    call(connection, "select dot.fn_iu_render(p_target => $1)::text", &[name]).await["text"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

async fn call(connection: &mut PgConnection, sql: &'static str, parameters: &[&str]) -> Value {
    let mut query = sqlx::query_scalar::<_, String>(sql).persistent(false);
    for parameter in parameters {
        query = query.bind((*parameter).to_owned());
    }
    let text = query.fetch_one(connection).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    serde_json::from_str(&text).expect("JSON")
}
