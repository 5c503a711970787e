//! `dot migrate revert`: the newest migrations, or one function, taken back.

use serde_json::Value;
use sqlx::postgres::PgConnection;

use crate::migrate::revert;
use crate::pipeline::Invocation;
use crate::pipeline::hooks::{Builtin, Work};

pub struct Revert;

impl Builtin for Revert {
    fn name(&self) -> &'static str {
        "migrate.revert"
    }

    fn alters_schema(&self) -> bool {
        true
    }

    fn effect<'a>(&self, connection: &'a mut PgConnection, invocation: &'a Invocation) -> Work<'a, Value> {
        Box::pin(revert::revert(connection, invocation))
    }
}
