//! The server of a plan that is reached: each host in turn, by libpq's rules, and why each was passed over.

use std::time::Duration;

use serde_json::json;
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use super::{denied, from_sqlx, pins, query};
use crate::connect::{Plan, Server, Wanted};
use crate::failure::{Failure, Kind, Result};

/// A connection, and how to make another one to the same server.
pub struct Reached {
    pub options: PgConnectOptions,
    pub connection: PgConnection,
    /// Why it is not encrypted, though that was tried.
    pub in_the_clear: Option<String>,
}

/// Why a host was not taken.
struct Passed {
    failure: Failure,
    /// Whether another host may do: it did not answer, or is not what is wanted. Who says no is not asked elsewhere.
    goes_on: bool,
}

pub async fn reach(plan: &Plan) -> Result<Reached> {
    let mut passed = Vec::new();
    let rounds: &[Wanted] = match plan.wanted {
        Wanted::PreferStandby => &[Wanted::Standby, Wanted::Any],
        ref other => std::slice::from_ref(other),
    };
    for wanted in rounds {
        passed.clear();
        for server in &plan.servers {
            match server_of(plan, server, *wanted).await {
                Ok(reached) => return Ok(reached),
                Err(why) => {
                    let goes_on = why.goes_on;
                    passed.push((server.host.label(), why.failure));
                    if !goes_on {
                        return Err(told(passed));
                    }
                }
            }
        }
    }
    Err(told(passed))
}

/// One failure of all of them: as bad as the worst that another try will not mend.
fn told(mut passed: Vec<(String, Failure)>) -> Failure {
    if passed.len() == 1 {
        return passed.remove(0).1;
    }
    let list: Vec<String> = passed.iter().map(|(_, why)| why.message.clone()).collect();
    let hosts: Vec<_> =
        passed.iter().map(|(host, why)| json!({ "host": host, "why": why.message, "kind": why.kind.name() })).collect();
    let worst = passed.iter().map(|(_, why)| why).find(|why| why.kind != Kind::Unavailable);
    let (kind, hint, state) = worst
        .or(passed.last().map(|(_, why)| why))
        .map_or((Kind::Unavailable, None, None), |why| (why.kind, why.hint.clone(), why.sqlstate.clone()));
    Failure {
        hint: hint.or_else(|| Some("Check it with: dot doctor".to_owned())),
        sqlstate: state,
        ..Failure::new(kind, format!("none of the hosts can be used: {}", list.join("; "))).detail(hosts)
    }
}

async fn server_of(plan: &Plan, server: &Server, wanted: Wanted) -> Result<Reached, Passed> {
    let mut last = None;
    let mut in_the_clear = None;
    for (n, options) in server.tries.iter().enumerate() {
        match open(options, plan.timeout, wanted).await {
            Ok(mut reached) => {
                reached.in_the_clear = in_the_clear;
                let asked = is_wanted(&mut reached.connection, wanted, plan.timeout).await;
                return asked.map(|()| reached).map_err(|failure| at(server, failure, true));
            }
            Err(Unopened::Slow(waited)) => return Err(at(server, slow(waited), true)),
            Err(Unopened::Unfit(failure)) => return Err(at(server, failure, false)),
            Err(Unopened::Failed(error)) => {
                let again = n + 1 < server.tries.len() && denied::is_about_encryption(&error);
                // Of a server without encryption that is what `prefer` is for; of one that has it, something is to be mended.
                if again && denied::is_of_handshake(&error) {
                    in_the_clear = denied::handshake(&error)
                        .map(|failed| format!("{}: {}; nothing is encrypted", server.host.label(), failed.message));
                }
                let mut failure = denied::explained(error, plan, server);
                if let Some(before) = in_the_clear.as_ref().filter(|_| !again) {
                    failure.message = format!("{}; before that, {before}", failure.message);
                }
                let goes_on =
                    failure.kind == Kind::Unavailable && failure.sqlstate.as_deref().is_none_or(|s| s == "57P03");
                last = Some(Passed { failure, goes_on });
                if !again {
                    break;
                }
            }
        }
    }
    Err(last.unwrap_or(Passed { failure: Failure::unexpected("a host without a way to it"), goes_on: true }))
}

/// Why this host was not taken, with its name.
fn at(server: &Server, failure: Failure, goes_on: bool) -> Passed {
    let message = format!("{}: {}", server.host.label(), failure.message);
    Passed { failure: Failure { message, ..failure }, goes_on }
}

fn slow(waited: Duration) -> Failure {
    Failure::new(Kind::Unavailable, format!("the database did not answer within {} s", waited.as_secs()))
}

enum Unopened {
    Slow(Duration),
    Failed(sqlx::Error),
    /// It is open, and nothing would go right on it.
    Unfit(Failure),
}

/// One connection, with the settings of our own where they are taken.
async fn open(options: &PgConnectOptions, timeout: Option<Duration>, wanted: Wanted) -> Result<Reached, Unopened> {
    let attempt = |options: PgConnectOptions| async move {
        match timeout {
            None => options.connect().await.map_err(Unopened::Failed),
            Some(timeout) => match tokio::time::timeout(timeout, options.connect()).await {
                Ok(done) => done.map_err(Unopened::Failed),
                Err(_) => Err(Unopened::Slow(timeout)),
            },
        }
    };
    // Whether transactions are read-only there by default is asked below, so it is not said beforehand.
    let asks = matches!(wanted, Wanted::ReadWrite | Wanted::ReadOnly);
    let first = if asks { pins::pinned_but_transactions(named(options.clone())) } else { pinned(options) };
    match attempt(first).await {
        Ok(connection) => Ok(Reached { options: pinned(options), connection, in_the_clear: None }),
        Err(Unopened::Failed(error)) if pins::are_refused(&error) => {
            let options = named(options.clone());
            let mut connection = attempt(options.clone()).await?;
            match query::text_scalar(&mut connection, &pins::unusual(), &[]).await {
                Ok(None) => Ok(Reached { options, connection, in_the_clear: None }),
                Ok(Some(unusual)) => Err(Unopened::Unfit(denied::unusual(&unusual))),
                Err(failure) => Err(Unopened::Unfit(failure)),
            }
        }
        Err(other) => Err(other),
    }
}

/// The request with the settings of our own.
pub fn pinned(options: &PgConnectOptions) -> PgConnectOptions {
    pins::pinned(named(options.clone()))
}

/// The request with our name alone.
pub fn named(options: PgConnectOptions) -> PgConnectOptions {
    options.application_name("dot").disable_statement_logging()
}

/// Asks the server itself, by this very connection: what it has reported before may be of another one, behind a pooler.
async fn is_wanted(connection: &mut PgConnection, wanted: Wanted, timeout: Option<Duration>) -> Result<()> {
    let (sql, word) = match wanted {
        Wanted::Any | Wanted::PreferStandby => return Ok(()),
        Wanted::Primary => (ROLE, "a primary"),
        Wanted::Standby => (ROLE, "a standby"),
        Wanted::ReadWrite => (WRITES, "read-write"),
        Wanted::ReadOnly => (WRITES, "read-only"),
    };
    let asked = query::text_scalar(connection, sql, &[]);
    let found = match timeout {
        None => asked.await?,
        Some(timeout) => tokio::time::timeout(timeout, asked).await.map_err(|_| slow(timeout))??,
    };
    let found = found.unwrap_or_default();
    if found == word {
        return Ok(());
    }
    let message = format!("it is {found}, and target_session_attrs asks for {word}");
    Err(Failure::new(Kind::Unavailable, message).hint("Name the other hosts too: host=a,b"))
}

const ROLE: &str = "select case when pg_is_in_recovery() then 'a standby' else 'a primary' end";

const WRITES: &str = "select case when pg_is_in_recovery() or current_setting('transaction_read_only') = 'on'
    then 'read-only' else 'read-write' end";

/// One more connection to a server that was reached before, if it still is what is wanted: a primary may have become a
/// standby. What its transactions begin with has been looked at, and cannot be told any more by a session that pins it.
pub async fn again(options: &PgConnectOptions, plan: &Plan) -> Result<PgConnection> {
    let mut connection = within(options, plan.timeout).await?;
    let wanted = match plan.wanted {
        Wanted::ReadWrite => Wanted::Primary,
        Wanted::ReadOnly | Wanted::PreferStandby => Wanted::Any,
        other => other,
    };
    is_wanted(&mut connection, wanted, plan.timeout).await.map(|()| connection)
}

/// One connection, within this time.
pub async fn within(options: &PgConnectOptions, timeout: Option<Duration>) -> Result<PgConnection> {
    let connect = options.connect();
    let Some(timeout) = timeout else { return connect.await.map_err(from_sqlx) };
    match tokio::time::timeout(timeout, connect).await {
        Ok(done) => done.map_err(from_sqlx),
        Err(_) => Err(slow(timeout)),
    }
}
