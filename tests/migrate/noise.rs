//! What a login's own settings say changes nothing of what is compared, hashed or verified.

use crate::common::{Db, Ran, bare};

/// Settings as a login, or a distribution, may have them.
const ODD: [&str; 22] = [
    "quote_all_identifiers = on",
    "intervalstyle = sql_standard",
    "standard_conforming_strings = off",
    "backslash_quote = off",
    "datestyle = 'German'",
    "timezone = 'Asia/Ho_Chi_Minh'",
    "extra_float_digits = -15",
    "bytea_output = escape",
    "xmloption = document",
    "xmlbinary = hex",
    "lc_messages = 'C.UTF-8'",
    "row_security = off",
    "search_path = public",
    "array_nulls = off",
    "transform_null_equals = on",
    "default_transaction_isolation = serializable",
    "default_transaction_read_only = on",
    "default_transaction_deferrable = on",
    "statement_timeout = 1",
    "lock_timeout = 1",
    "idle_in_transaction_session_timeout = 1",
    "gin_fuzzy_search_limit = 1",
];

#[test]
fn a_login_of_odd_settings_verifies_the_same() {
    let db = Db::new();
    db.dot(&["audit", "keygen"]).exits(0);
    db.dot(&["migrate", "apply"]).exits(0);
    db.dot(&["gate", "set", "test.clock", "open"]).exits(0);
    db.dot(&["audit", "seal"]).exits(0);
    let role = format!("r_{}", db.name);
    db.sql(&format!("create role {role} superuser login"));
    for setting in ODD {
        db.sql(&format!("alter role {role} set {setting}"));
    }
    let url = db.url().replace("dot@", &format!("{role}@"));
    let dot = |args: &[&str]| {
        let ran = bare(args).env("DATABASE_URL", &url).env("HOME", db.home()).output();
        Ran::of(ran.expect("dot runs"))
    };
    let plan = db.home().join("plan.json").display().to_string();
    let runs = [
        dot(&["audit", "verify", "--json"]),
        dot(&["migrate", "verify", "--json"]),
        dot(&["catalog", "check"]),
        dot(&["gate", "set", "test.clock", "closed", "--plan-out", &plan, "--dry-run"]),
        dot(&["apply", &plan]),
        dot(&["audit", "seal"]),
        dot(&["audit", "verify", "--json"]),
        db.dot(&["audit", "verify", "--json"]),
    ];
    db.sql(&format!("drop owned by {role}; drop role {role}"));
    for ran in runs {
        ran.exits(0);
    }
}
