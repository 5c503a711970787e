//! What is refused before anything is run or recorded, whatever the command.

use crate::common::Db;

#[test]
fn a_number_that_means_nothing_is_refused() {
    let db = Db::new();
    for args in [
        &["migrate", "revert", "--steps", "-1", "--confirm", &db.name][..],
        &["migrate", "revert", "--steps", "0", "--confirm", &db.name],
        &["audit", "export", "x", "--from", "-5"],
        &["event", "tail", "--count", "-1"],
        &["schedule", "next", "x", "--count", "-1"],
        &["worker", "run", "--batch", "0", "--yes"],
    ] {
        let ran = db.dot(args).exits(2);
        assert!(ran.stderr.contains("is not a whole number of at least "), "{args:?}: {}", ran.stderr);
    }
    assert_eq!(db.one("select count(*) from dot.dot_command_run where command_code = 'migrate revert'"), "0");
}

/// What is given is kept for good, where everybody who reads the audit sees it.
#[test]
fn a_private_key_is_refused_and_nothing_is_kept_of_it() {
    let db = Db::new();
    let home = db.home();
    let [key, log] = ["id_ed25519", "log.key"].map(|name| home.join(name).display().to_string());
    let made = std::process::Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f", &key]).status();
    assert!(made.expect("ssh-keygen").success());
    db.dot(&["audit", "keygen", &log]).exits(0);
    let of_log = std::fs::read_to_string(&log).expect("a key");
    for args in [
        &["actor", "key", "add", "ann", &key, "--propose"][..],
        &["actor", "key", "add", "ann", &key, "--dry-run"],
        &["audit", "seal", "--key", of_log.trim_end()],
    ] {
        let ran = db.dot(args).exits(9);
        assert!(ran.stderr.contains("this is a private key"), "{}", ran.stderr);
        assert!(!ran.stderr.contains("PRIVATE+KEY+") && !ran.stderr.contains("BEGIN OPENSSH"), "{}", ran.stderr);
    }
    assert_eq!(db.one("select count(*) from dot.dot_command_run where args::text like '%PRIVATE%'"), "0");
}

/// Where a file cannot be put is found out before anything is done.
#[test]
fn what_is_no_place_for_a_file_is_refused_first() {
    let db = Db::new();
    let at = |name: &str| db.home().join(name).display().to_string();
    db.dot(&["audit", "keygen"]).exits(0);
    let before = db.one("select count(*) from dot.audit_checkpoint");
    for place in ["/dev/null".to_owned(), at("none/x"), at("")] {
        for args in [&["audit", "export", &place][..], &["audit", "seal", "--checkpoint-out", &place]] {
            db.dot(args).exits(2);
        }
    }
    assert_eq!(db.one("select count(*) from dot.audit_checkpoint"), before, "nothing was sealed");
    // A link stays one.
    std::fs::write(at("file"), "").expect("a file");
    std::os::unix::fs::symlink(at("file"), at("link")).expect("a link");
    db.dot(&["audit", "seal", "--checkpoint-out", &at("link")]).exits(0);
    db.dot(&["audit", "export", &at("link")]).exits(0);
    assert!(std::path::Path::new(&at("link")).is_symlink());
    assert!(std::fs::read_to_string(at("file")).expect("the log").lines().count() > 1);
}
