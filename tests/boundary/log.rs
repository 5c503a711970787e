//! The log is signed by its keys alone, whoever may seal.

use std::fs;

use super::login::Login;
use crate::common::Db;

/// An operator with psql, who has no key, but all that the database tells of it.
#[test]
fn who_may_seal_stores_nothing_that_its_key_did_not_sign() {
    let db = Db::new();
    let operator = Login::new(&db, "o", "dot_operator");
    let file = |name: &str| db.home().join(name).display().to_string();
    let read = |name: &str| fs::read_to_string(file(name)).expect(name);
    for key in ["log.key", "own.key"] {
        db.dot(&["audit", "keygen", &file(key), "--name", "example.org/log"]).exits(0);
    }
    // Nor does the first one choose the key of the log.
    let refused = operator.dot(&["audit", "seal", "--key", &file("log.key"), "--json"]).exits(4).json();
    assert_eq!(refused["error"]["detail"]["reason"], "other_key", "{refused}");
    assert!(refused["error"]["hint"].as_str().is_some_and(|hint| hint.contains("administrator")), "{refused}");
    db.dot(&["audit", "seal", "--key", &file("log.key")]).exits(0);
    operator.dot(&["audit", "seal", "--key", &file("own.key")]).exits(4);
    let sealed = operator.dot(&["audit", "seal", "--key", &file("log.key"), "--json"]).exits(0).json();

    let note = sealed["data"]["note"].as_str().expect("a note");
    let store = |note: &str, key: &str| {
        let call = format!("dot.fn_audit_checkpoint($note${note}$note$, '{}')", key.trim_end());
        operator.tries(&format!("select coalesce(r ->> 'reason', r ->> 'size') from {call} r"))
    };
    let size = Ok(sealed["data"]["size"].to_string());
    assert_eq!(store(note, &read("log.pub")), size, "the same may be said again");
    // Of the signature all but its first six digits, which name the key, and the last ones.
    let at = note.find("\n— ").expect("a signature") + "\n— example.org/log ".len();
    let forged = format!("{}{}{}", &note[..at + 6], "A".repeat(82), &note[at + 88..]);
    assert_eq!(store(&forged, &read("log.pub")), Ok("signature_invalid".to_owned()));
    assert_eq!(store(&forged, &read("own.pub")), Ok("other_key".to_owned()));
    assert_eq!(store(note, &read("own.pub")), Ok("other_key".to_owned()));
    assert_eq!(db.one("select count(*) from dot.audit_log_key"), "1");
    db.dot(&["audit", "verify", "--key", &file("log.pub")]).exits(0);

    // What came of it, the program said: whoever reads of it is told so.
    let run = sealed["run_id"].as_str().expect("a run");
    let shown = db.dot(&["run", "show", run]).exits(0).stdout;
    assert!(shown.contains("its outcome is claimed"), "{shown}");
}
