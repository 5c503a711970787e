//! `dot migrate accept`: proposes that what someone changed of the schema by hand is accounted for.

use serde_json::{Map, Value, json};

use crate::arguments;
use crate::catalog::spec::Duty;
use crate::database::{Session, json_rows, query};
use crate::failure::{Failure, Kind, Result};
use crate::migrate::accounted::{Accounted, Found};
use crate::migrate::snapshot::Snapshot;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Program, begin};

/// The kind of proposals that it makes.
const KIND: &str = "schema_accept";

pub struct Accept;

impl Builtin for Accept {
    fn name(&self) -> &'static str {
        "migrate.accept"
    }

    fn stand_for<'a>(
        &self,
        session: &'a mut Session,
        program: &'a Program,
        invocation: &'a mut Invocation,
    ) -> Work<'a, ()> {
        Box::pin(stand_for(session, program, invocation))
    }
}

/// Makes the invocation the submission of a proposal with the differences as they are now.
async fn stand_for(session: &mut Session, program: &Program, invocation: &mut Invocation) -> Result<()> {
    let submit = program
        .catalog
        .with(Duty::Submit)
        .ok_or_else(|| Failure::unexpected("there is no command to submit a proposal with"))?;
    let differences = wanted(differences(session).await?, invocation)?;
    let title = invocation.envelope.reason.clone().unwrap_or_else(|| match differences.as_slice() {
        [one] => format!("Accept {} as it is", one.object),
        more => format!("Accept {} differences of the schema", more.len()),
    });
    let mut args = Map::new();
    args.insert("kind".to_owned(), json!(KIND));
    args.insert("payload".to_owned(), json!({ "differences": differences }));
    args.insert("title".to_owned(), json!(title));
    arguments::complete(&submit.spec, &mut args, &session.settings.zone.value)?;
    invocation.options.propose = false;
    invocation.command = submit.clone();
    invocation.args = args;
    Ok(())
}

/// What the schema is, past what is accounted for.
async fn differences(session: &mut Session) -> Result<Vec<Found>> {
    let connection = session.connection().await?;
    begin::require_platform(connection).await?;
    query::execute(connection, "begin isolation level repeatable read read only").await?;
    let seen = async {
        let live = Snapshot::take(connection).await?;
        let audited = json_rows(connection, "select dot.fn_audit_schema()::text").await?.pop().unwrap_or_default();
        Ok::<_, Failure>(Accounted::of(&audited)?.against(&live))
    };
    let seen = seen.await;
    query::execute(connection, "rollback").await?;
    seen
}

/// The objects that the invocation names, or all.
fn wanted(mut differences: Vec<Found>, invocation: &Invocation) -> Result<Vec<Found>> {
    let named = invocation.args.get("objects").and_then(Value::as_array).into_iter().flatten();
    let named: Vec<&str> = named.filter_map(Value::as_str).collect();
    if let Some(unknown) = named.iter().find(|name| differences.iter().all(|found| found.object != **name)) {
        let message = format!("{unknown} is as the platform accounts for it");
        return Err(Failure::new(Kind::NotFound, message).hint("What is not: dot audit verify"));
    }
    if !named.is_empty() {
        differences.retain(|found| named.contains(&found.object.as_str()));
    }
    if differences.is_empty() {
        return Err(Failure::new(
            Kind::Refused,
            "the schema is as the platform accounts for it: nothing is to be accepted",
        ));
    }
    Ok(differences)
}
