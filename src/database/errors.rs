//! PostgreSQL's errors as failures. Codes of class `DT` are declared in `catalog/errors/` and map straight through.

use serde_json::Value;
use sqlx::postgres::PgDatabaseError;

use super::denied;
use crate::catalog::embedded;
use crate::failure::{Failure, Kind};

/// A failure from any sqlx error.
pub fn from_sqlx(error: sqlx::Error) -> Failure {
    if let Some(failure) = denied::handshake(&error) {
        return failure;
    }
    match error {
        sqlx::Error::Database(error) => match error.try_downcast_ref::<PgDatabaseError>() {
            Some(error) => from_postgres(error),
            None => Failure::unexpected(error.to_string()),
        },
        sqlx::Error::Io(cause) => {
            Failure::new(Kind::Unavailable, format!("the connection to the database failed: {cause}"))
                .hint("Check it with: dot doctor")
        }
        // Its message would show the character.
        sqlx::Error::Configuration(cause) if cause.to_string().contains("saslprep") => Failure::usage(
            "the password holds a character that cannot be sent: the driver takes none that SASLprep (RFC 4013) prohibits",
        )
        .hint("Give the login another one, without emoji, control characters and mixed directions."),
        sqlx::Error::Configuration(cause) => Failure::usage(format!("the database URL cannot be used: {cause}"))
            .hint("For example: postgres://user@host:5432/database"),
        sqlx::Error::WorkerCrashed | sqlx::Error::PoolClosed | sqlx::Error::PoolTimedOut => {
            Failure::new(Kind::Unavailable, "the connection to the database was lost")
        }
        other => Failure::unexpected(format!("the database answered in an unexpected way: {other}")),
    }
}

fn from_postgres(error: &PgDatabaseError) -> Failure {
    let state = error.code();
    let detail = error.detail().map(|text| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text)));
    let mut failure = Failure {
        detail,
        hint: error.hint().map(str::to_owned),
        sqlstate: Some(state.to_owned()),
        ..Failure::new(kind_of(state), error.message())
    };
    if state.starts_with("DT") {
        failure.code = state.to_owned();
    } else if let Some(advice) = advice(state, error.message()) {
        failure.hint = Some(advice.to_owned());
    }
    if failure.kind == Kind::Unexpected
        && let Some(place) = error.r#where()
    {
        failure.detail = Some(Value::from(place));
    }
    failure
}

/// The kind of an SQLSTATE: a declared one for class `DT`, else by PostgreSQL's classes (appendix A of its manual).
pub fn kind_of(state: &str) -> Kind {
    if state.starts_with("DT") {
        let declared =
            embedded::content().ok().and_then(|content| content["errors"][state]["kind"].as_str().map(str::to_owned));
        return declared.and_then(|name| Kind::from_name(&name)).unwrap_or(Kind::Unexpected);
    }
    match state {
        // The statement was cancelled (by its timeout), waited too long for a lock, or must be retried.
        "57014" | "55P03" | "40001" | "40P01" => Kind::Unavailable,
        // A read-only transaction was asked to write; the catalogue lies.
        "25006" => Kind::Mismatch,
        "42501" => Kind::Permission,
        "42883" | "42P01" | "42703" | "3F000" | "42704" => Kind::Mismatch,
        // It is not there by being asked for again.
        "3D000" => Kind::NotFound,
        _ => match state.get(..2) {
            Some("08" | "53" | "57" | "58") => Kind::Unavailable,
            Some("28") => Kind::Permission,
            Some("22" | "23") => Kind::Invalid,
            _ => Kind::Unexpected,
        },
    }
}

/// `message`: the server's, which alone tells who cancelled a statement, if it speaks English.
fn advice(state: &str, message: &str) -> Option<&'static str> {
    Some(match state {
        "57014" if message.ends_with("due to statement timeout") => "It took longer than --timeout allows.",
        "57014" if message.ends_with("due to user request") => {
            "Somebody cancelled it on the server (pg_cancel_backend, or a tool that does), not --timeout; ask them before you run it again."
        }
        "57014" => "It was cancelled: it took longer than --timeout allows, or somebody cancelled it on the server.",
        "55P03" => {
            "Another transaction holds a lock it needs; try again, or allow a longer --lock-timeout. Who holds one for long: dot problems overdue"
        }
        "40001" | "40P01" => "Another transaction was in the way; try again.",
        "25006" => "The command is declared as reading only, but its function writes. See: dot catalog check",
        "42883" | "42P01" | "42703" | "3F000" | "42704" => {
            "The database and this program do not match: dot migrate apply, then dot catalog sync"
        }
        "22P02" | "22003" | "22007" | "22008" => {
            "An argument, or the --cursor, has not the form that it needs; the command's --help says which it is"
        }
        "3D000" => "Check its name (dot doctor shows where it came from), or create it: createdb NAME",
        "42501" => "The login lacks a role that may do this; see: dot doctor",
        _ => return None,
    })
}
