//! Who may hand a role out does not hold it.

use super::login::Login;
use crate::common::{Db, wait};
use sqlx::AssertSqlSafe;

/// Files that may ask PostgreSQL itself; everything else asks `fn_role_held`.
const ASK: [&str; 10] = [
    // For fn_role_held, which everything else asks.
    "migrations/functions/command/fn_role_granted.sql",
    // Landed; it asks whether roles of the platform have what they were granted.
    "migrations/checks/0001_command.sql",
    // Whether the session may drop a database; it asks for the right by name.
    "src/migrate/scratch.rs",
    // Before there is a platform: whether a login could make one.
    "src/migrate/bootstrap.rs",
    // What roles of the platform have of each other, for the audit, also where there are no functions yet.
    "src/migrate/around.sql",
    "src/migrate/others.sql",
    "src/migrate/snapshot.sql",
    "tests/audit/eyes.rs",
    "tests/boundary/roles.rs",
    "tests/roles.rs",
];

#[test]
fn roles_are_asked_for_in_one_place() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut bad = Vec::new();
    for tree in ["migrations", "src", "catalog", "commands", "tests", "benches"] {
        for file in walkdir::WalkDir::new(root.join(tree)).into_iter().filter_map(Result::ok) {
            let path = file.path().strip_prefix(root).expect("below the root").display().to_string();
            if ASK.contains(&path.as_str()) {
                continue;
            }
            let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
            let asks = text.lines().filter(|line| line.contains("pg_has_role("));
            bad.extend(asks.map(|line| format!("{path}: {}", line.trim())));
        }
    }
    assert!(
        bad.is_empty(),
        "ask dot.fn_role_held, which knows what membership means on each server:\n{}",
        bad.join("\n")
    );
}

/// A login that may grant every role of the platform, and has none of them; on servers before 16 there is no such grant.
#[test]
fn who_hands_roles_out_has_none() {
    let db = Db::new();
    let version: i32 = db.one("current_setting('server_version_num')").parse().expect("a number");
    let giver = Login::new(&db, "giver", "dot_reader");
    if version >= 160_000 {
        for role in super::login::ROLES.iter().filter(|role| **role != "dot_reader") {
            db.sql(&format!("grant {role} to {} with admin true, inherit false, set false", giver.name));
            assert_eq!(db.one(&format!("dot.fn_role_held('{}', '{role}')", giver.name)), "false", "{role}");
        }
        db.sql(&format!("grant dot_owner to {} with admin true, inherit false, set false", giver.name));
        assert_ne!(giver.tries("(dot.fn_actor_current()).actor_kind").as_deref(), Ok("agent"));
        let enter = "dot.fn_command_enter_read('gate history', '{\"mode\": \"read\"}') is null";
        assert_eq!(giver.tries(enter).as_deref(), Ok("true"), "it reads, which it may");
        for command in ["gate set", "breakglass review", "actor add", "worker run", "breakglass open", "catalog sync"] {
            let said = format!("dot.fn_command_enter_read('{command}', '{{\"mode\": \"read\"}}') ->> 'reason'");
            assert_eq!(giver.tries(&said).as_deref(), Ok("role_missing"), "{command}");
        }
        let granted = Login::new(&db, "granted", "dot_reader");
        db.sql(&format!("grant dot_reviewer to {} with inherit false, set true", granted.name));
        assert_eq!(
            db.one(&format!("dot.fn_role_held('{}', 'dot_reviewer')", granted.name)),
            "true",
            "it may become it"
        );
    }
    // On every server: who does not inherit has the role once it has become it, and counts as holding it.
    let shy = Login::new(&db, "shy", "dot_reader");
    db.sql(&format!("alter role {} noinherit; grant dot_operator to {}", shy.name, shy.name));
    assert_eq!(db.one(&format!("dot.fn_role_held('{}', 'dot_operator')", shy.name)), "true");
    wait(async {
        let mut connection = shy.connect().await;
        let call = "set role dot_operator; select dot.fn_run_reap()";
        sqlx::raw_sql(AssertSqlSafe(call)).execute(&mut connection).await.expect("as an operator");
    });
}
