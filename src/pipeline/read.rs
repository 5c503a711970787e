//! A read: a READ ONLY transaction, in which PostgreSQL itself refuses a write, and the audit row after it.

use serde_json::{Value, json};
use sqlx::Row;
use sqlx::postgres::PgConnection;

use super::audit_args::audit_args;
use super::call::{Call, Page};
use super::hooks::Builtin;
use super::refusal::refusal;
use super::{Invocation, Outcome, Program, begin, cancel, written};
use crate::database::query::{self, json_rows_with};
use crate::database::{Session, from_sqlx};
use crate::failure::{Failure, Result};

pub async fn read(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let started = jiff::Timestamp::now();
    session.connection().await?;
    let options = session.options().await?;
    let locals = session.locals();
    let limit = session.settings.limit.value;
    let short = matches!(session.settings.output.value.as_str(), "json" | "yaml");
    let connection = session.connection().await?;
    let target = cancel::Target::default();
    let work = async {
        target.begin(connection, &format!("begin read only; {locals}")).await?;
        match within(connection, invocation, limit, short).await {
            Ok(mut outcome) => {
                outcome.warnings.extend(ended(connection).await?);
                Ok(outcome)
            }
            Err(failure) => {
                query::execute(connection, "rollback").await?;
                Err(failure)
            }
        }
    };
    let mut result = cancel::cancellable(options, &target, work).await;
    if cancel::interrupted() {
        result = Err(cancel::interruption());
    }
    if invocation.command.spec.audited {
        record(session, invocation, &result, started).await;
    }
    result
}

/// A read that the program carries out itself, and the audit row after it, where there is a platform to keep it.
pub async fn own(
    session: &mut Session,
    program: &Program,
    builtin: &dyn Builtin,
    invocation: &mut Invocation,
) -> Result<Outcome> {
    let started = jiff::Timestamp::now();
    let limit = session.settings.limit.value;
    let result = builtin.run(session, program, invocation).await.and_then(|outcome| paged(outcome, invocation, limit));
    // Who has not come as far as a connection has read nothing. What failed may have left its transaction open.
    if invocation.command.spec.audited
        && session.is_connected()
        && query::execute(session.connection().await?, "rollback").await.is_ok()
    {
        invocation.recorded = record(session, invocation, &result, started).await;
    }
    result
}

/// `short`: the answer is one document, and a list is cut where that would be too long.
async fn within(connection: &mut PgConnection, invocation: &Invocation, limit: u32, short: bool) -> Result<Outcome> {
    let spec = &invocation.command.spec;
    admit(connection, invocation).await?;
    if !spec.returns_rows() {
        let data = Call::new(spec, &invocation.args, None)?.fetch(connection).await?.pop().unwrap_or_default();
        return match refusal(&data) {
            Some(failure) => Err(failure),
            None => Ok(Outcome::of(data)),
        };
    }
    let limit = if invocation.options.all { None } else { Some(limit) };
    let page = Page { limit, cursor: invocation.options.cursor.clone() };
    let call = Call::new(spec, &invocation.args, Some(&page))?;
    let (mut rows, mut written) = if spec.columns.first().is_some_and(|column| column.name == "*") {
        written::rows(&call.fetch_texts(connection).await?)?
    } else {
        (call.fetch(connection).await?, Vec::new())
    };
    let mut next_cursor = None;
    let mut warnings = Vec::new();
    let most = match limit {
        None => rows.len(),
        Some(limit) => {
            let asked = (limit as usize).min(rows.len());
            let fit = if short { fitting(&rows[..asked]) } else { asked };
            if fit < asked {
                warnings
                    .push(format!("the list is cut after {fit} rows, at 64 KB: go on with --cursor, or pass --all"));
            }
            fit
        }
    };
    if rows.len() > most {
        rows.truncate(most);
        written.truncate(most);
        next_cursor = match &spec.paged {
            Some(column) => rows.last().map(|row| plain(&row[column.as_str()])),
            None => {
                let start: usize = page.cursor.as_deref().unwrap_or("0").parse().unwrap_or(0);
                Some((start + most).to_string())
            }
        };
    }
    Ok(Outcome { data: Value::Array(rows), written, next_cursor, warnings, ..Outcome::default() })
}

/// The part of a list that the program itself has made: at most `limit` rows, from the cursor on.
pub(super) fn paged(mut outcome: Outcome, invocation: &Invocation, limit: u32) -> Result<Outcome> {
    if !invocation.command.spec.returns_rows() {
        return Ok(outcome);
    }
    let start = match invocation.options.cursor.as_deref() {
        None => 0,
        Some(cursor) => cursor.parse().map_err(|_| {
            Failure::usage(format!("--cursor: `{cursor}` is not a cursor of this list"))
                .hint("Take it as the list before gave it: next_cursor")
        })?,
    };
    if let Value::Array(rows) = &mut outcome.data {
        rows.drain(..start.min(rows.len()));
        let limit = limit as usize;
        if !invocation.options.all && rows.len() > limit {
            rows.truncate(limit);
            outcome.next_cursor = Some((start + limit).to_string());
        }
    }
    Ok(outcome)
}

/// The longest list, in bytes, that one JSON document holds unless all of it is asked for: what reads it has a memory of
/// limited length.
const LONGEST: usize = 64 * 1024;

/// How many of the rows fit into one document; one at least.
fn fitting(rows: &[Value]) -> usize {
    let mut bytes = 0;
    let fit = rows.iter().take_while(|row| {
        bytes += row.to_string().len() + 1;
        bytes <= LONGEST
    });
    fit.count().max(1)
}

/// Ends the transaction, and gives what was said in it that should be known.
async fn ended(connection: &mut PgConnection) -> Result<Vec<String>> {
    let sql = "select current_setting('dot.warnings', true); rollback";
    let row = sqlx::raw_sql(sql).fetch_one(connection).await.map_err(from_sqlx)?;
    let said: Option<String> = row.try_get(0).map_err(from_sqlx)?;
    Ok(said.and_then(|said| serde_json::from_str(&said).ok()).unwrap_or_default())
}

/// Asks the database whether this read is allowed now.
pub(crate) async fn admit(connection: &mut PgConnection, invocation: &Invocation) -> Result<()> {
    let parameters = [Some(invocation.code().to_owned()), Some(invocation.envelope_json().to_string())];
    let sql = "select dot.fn_command_enter_read($1, $2::text::jsonb)::text";
    let answer = match json_rows_with(connection, sql, &parameters).await {
        Ok(mut rows) => rows.pop().unwrap_or_default(),
        Err(failure)
            if failure.sqlstate.as_deref() == Some("42883") || failure.sqlstate.as_deref() == Some("3F000") =>
        {
            query::execute(connection, "rollback").await?;
            begin::require_platform(connection).await?;
            return Err(failure);
        }
        Err(failure) => return Err(failure),
    };
    refusal(&answer).map_or(Ok(()), Err)
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Keeps the row of this read, and says whether it could. A read whose row cannot be kept is still answered: the reader waits
/// for the answer, and the platform's state does not depend on it.
async fn record(
    session: &mut Session,
    invocation: &Invocation,
    result: &Result<Outcome>,
    started: jiff::Timestamp,
) -> bool {
    let (state, error) = match result {
        // What a check found is what it came to, and is kept with it.
        Ok(outcome) => {
            ("succeeded", outcome.shortfall(&invocation.command.spec).map(|found| found_json(found, outcome)))
        }
        Err(_) if cancel::interrupted() => ("cancelled", None),
        Err(failure) => (if is_refusal(failure) { "refused" } else { "failed" }, Some(failure.to_json().to_string())),
    };
    let parameters = [
        Some(invocation.code().to_owned()),
        Some(audit_args(&invocation.command.spec, &invocation.args).to_string()),
        Some(invocation.envelope_json().to_string()),
        Some(state.to_owned()),
        error,
        Some(started.to_string()),
    ];
    // Within limits that are not the caller's, so that nobody reads unseen by choosing short ones. Settings of the one transaction
    // that the server makes of it all.
    let sql = "set local lock_timeout = '2s'; set local statement_timeout = '15s'; \
               select to_json(dot.fn_command_record_read($1, $2::text::jsonb, $3::text::jsonb, $4, $5::text::jsonb, $6::text::timestamptz)::text)::text";
    match session.connection().await {
        Ok(connection) => json_rows_with(connection, sql, &parameters).await.is_ok(),
        Err(_) => false,
    }
}

/// The most findings that are kept with it.
const KEPT: usize = 50;

/// With the name, the number and the meaning of each finding; their cases were shown.
fn found_json(found: Failure, outcome: &Outcome) -> String {
    let findings = outcome.data["findings"].as_array().map_or(&[][..], Vec::as_slice);
    let short = |one: &Value| json!({ "finding": one["finding"], "count": one["count"], "means": one["means"] });
    let kept: Vec<Value> = findings.iter().take(KEPT).map(short).collect();
    found.detail(json!({ "findings": kept })).to_json().to_string()
}

fn is_refusal(failure: &Failure) -> bool {
    failure.detail.as_ref().is_some_and(|detail| detail["refused"] == json!(true))
}
