//! The settings of our own sessions, whatever the login's or the database's are: how text is read and written, where names
//! are looked for, and how transactions begin. What the platform compares, hashes or parses must not depend on them.
//!
//! They are sent with the request for a connection, which costs no round trip, and are said again where a transaction
//! begins, since a pooler in between keeps the former from the server.

use sqlx::postgres::PgConnectOptions;

/// Settings that any login may make, on every server from 14 on.
const PINS: [(&str, &str); 28] = [
    ("search_path", "pg_catalog, pg_temp"),
    ("quote_all_identifiers", "off"),
    ("standard_conforming_strings", "on"),
    ("backslash_quote", "safe_encoding"),
    ("array_nulls", "on"),
    ("transform_null_equals", "off"),
    ("DateStyle", "ISO, MDY"),
    ("TimeZone", "UTC"),
    ("IntervalStyle", "postgres"),
    ("extra_float_digits", "1"),
    ("bytea_output", "hex"),
    ("xmlbinary", "base64"),
    ("xmloption", "content"),
    ("lc_monetary", "C"),
    ("lc_numeric", "C"),
    ("lc_time", "C"),
    ("row_security", "on"),
    ("gin_fuzzy_search_limit", "0"),
    ("synchronize_seqscans", "off"),
    ("default_table_access_method", "heap"),
    ("idle_in_transaction_session_timeout", "0"),
    ("idle_session_timeout", "0"),
    ("check_function_bodies", "on"),
    ("default_tablespace", ""),
    ("temp_tablespaces", ""),
    // An error is ours to answer, not the end of the session.
    ("exit_on_error", "off"),
    ("plpgsql.extra_errors", "none"),
    // Not what text means, but how long it takes: to compile a query of the platform takes longer than to carry it out.
    ("jit", "off"),
];

/// Those of the next transaction: said when a connection is asked for, and by `begin` itself.
const TRANSACTIONS: [(&str, &str); 3] = [
    ("default_transaction_isolation", "read committed"),
    ("default_transaction_read_only", "off"),
    ("default_transaction_deferrable", "off"),
];

/// Between transactions, where none of ours waits.
const QUIET: [(&str, &str); 2] = [("statement_timeout", "0"), ("lock_timeout", "0")];

/// The request with the settings, after any that the address brings: the last word counts.
pub fn pinned(options: PgConnectOptions) -> PgConnectOptions {
    pinned_but_transactions(options).options(TRANSACTIONS)
}

/// What a session that could not be told so begins transactions with, where that is something else: `(setting, value)` as text.
pub fn unusual() -> String {
    let settings = TRANSACTIONS.map(|(name, value)| format!("('{name}', '{value}')")).join(", ");
    format!(
        "select string_agg(format('%s = %s', s.name, current_setting(s.name)), ', ') from (values {settings}) s(name, value)
          where current_setting(s.name) <> s.value"
    )
}

/// The same without a word on the next transaction, so that it tells what the server's own settings make of it.
pub fn pinned_but_transactions(options: PgConnectOptions) -> PgConnectOptions {
    options.options(PINS.into_iter().chain(QUIET))
}

/// They as SQL, for the transaction that has begun. `server`: its version number.
pub fn statements(server: Option<u32>) -> String {
    let mut sql = PINS.map(|(name, value)| set(name, value)).join("; ");
    if server.is_some_and(|version| version >= 170_000) {
        sql.push_str("; ");
        sql.push_str(&set("transaction_timeout", "0"));
    }
    sql
}

/// A list of names is no string: `set … = 'a, b'` would be one name with a comma in it.
fn set(name: &str, value: &str) -> String {
    match name {
        "search_path" | "DateStyle" => format!("set local {name} = {value}"),
        _ => format!("set local {name} = '{value}'"),
    }
}

/// Whether something between us and the server knows no such settings in a request, as pgbouncer says where it is not told to
/// ignore `options`. What transactions say again must do then.
pub fn are_refused(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|said| said.message().contains("unsupported startup parameter"))
}
