//! `dot migrate apply`: the pending migrations and changed functions, on a database without a platform too.

use serde_json::Value;
use sqlx::postgres::PgConnection;

use crate::database::Session;
use crate::migrate::apply;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome};

pub struct Apply;

impl Builtin for Apply {
    fn name(&self) -> &'static str {
        "migrate.apply"
    }

    fn without_platform<'a>(&self, session: &'a mut Session, invocation: &'a Invocation) -> Option<Work<'a, Outcome>> {
        Some(Box::pin(apply::first(session, invocation)))
    }

    fn alters_schema(&self) -> bool {
        true
    }

    fn effect<'a>(&self, connection: &'a mut PgConnection, invocation: &'a Invocation) -> Work<'a, Value> {
        Box::pin(apply::apply(connection, invocation))
    }
}
