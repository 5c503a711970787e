//! The schema as a file that is reviewed in diffs.

use dot::migrate::snapshot::Snapshot;
use sha2::{Digest, Sha256};

use crate::common::{Db, wait};

/// One line for each object. Function definitions are shortened to a hash; grants on tables are left out, since servers
/// write the owner's own differently.
#[test]
fn the_schema_is_as_reviewed() {
    let db = Db::new();
    let snapshot = wait(async {
        let mut connection = db.connect().await;
        sqlx::raw_sql("begin").execute(&mut connection).await.expect("a transaction");
        Snapshot::take(&mut connection).await.expect("a snapshot")
    });
    let lines: Vec<String> = snapshot
        .0
        .iter()
        .filter(|(object, _)| !object.starts_with("grants table ") && !object.starts_with("grants sequence "))
        .map(|(object, definition)| match object.starts_with("function ") {
            true => format!("{object}: {}", &dot::hex::hex(&Sha256::digest(definition))[..8]),
            false => format!("{object}: {}", definition.replace('\n', " ")),
        })
        .collect();
    insta::assert_snapshot!("schema", lines.join("\n"));
}
