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
    let list: Vec<String> = passed.iter().map(|(host, why)| format!("{host}: {}", why.message)).collect();
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
    for (n, options) in server.tries.iter().enumerate() {
        match open(options, plan.timeout, wanted).await {
            Ok(mut reached) => {
                is_wanted(&mut reached.connection, wanted).await?;
                return Ok(reached);
            }
            Err(Unopened::Slow(waited)) => {
                let message = format!("it did not answer within {} s", waited.as_secs());
                return Err(Passed { failure: Failure::new(Kind::Unavailable, message), goes_on: true });
            }
            Err(Unopened::Unfit(failure)) => return Err(Passed { failure, goes_on: false }),
            Err(Unopened::Failed(error)) => {
                let again = n + 1 < server.tries.len() && denied::is_about_encryption(&error);
                let failure = denied::explained(error, plan, server);
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
        Ok(connection) => Ok(Reached { options: pinned(options), connection }),
        Err(Unopened::Failed(error)) if pins::are_refused(&error) => {
            let options = named(options.clone());
            let mut connection = attempt(options.clone()).await?;
            match query::text_scalar(&mut connection, &pins::unusual(), &[]).await {
                Ok(None) => Ok(Reached { options, connection }),
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
async fn is_wanted(connection: &mut PgConnection, wanted: Wanted) -> Result<(), Passed> {
    let sql = match wanted {
        Wanted::Any | Wanted::PreferStandby => return Ok(()),
        Wanted::Primary | Wanted::Standby => {
            "select case when pg_is_in_recovery() then 'a standby' else 'a primary' end"
        }
        Wanted::ReadWrite | Wanted::ReadOnly => {
            "select case when pg_is_in_recovery() or current_setting('transaction_read_only') = 'on'
                    then 'read-only' else 'read-write' end"
        }
    };
    let failed = |failure| Passed { failure, goes_on: true };
    let found = query::text_scalar(connection, sql, &[]).await.map_err(failed)?.unwrap_or_default();
    let word = match wanted {
        Wanted::Primary => "a primary",
        Wanted::Standby => "a standby",
        Wanted::ReadOnly => "read-only",
        _ => "read-write",
    };
    if found == word {
        return Ok(());
    }
    let message = format!("it is {found}, and target_session_attrs asks for {word}");
    Err(failed(Failure::new(Kind::Unavailable, message).hint("Name the other hosts too: host=a,b")))
}

/// One more connection to a server that was reached before.
pub async fn again(options: &PgConnectOptions, timeout: Option<Duration>) -> Result<PgConnection> {
    let connect = options.connect();
    match timeout {
        None => connect.await.map_err(from_sqlx),
        Some(timeout) => match tokio::time::timeout(timeout, connect).await {
            Ok(done) => done.map_err(from_sqlx),
            Err(_) => Err(Failure::new(
                Kind::Unavailable,
                format!("the database did not answer within {} s", timeout.as_secs()),
            )),
        },
    }
}
