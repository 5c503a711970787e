//! `dot actor add`: makes the login first, by the caller's own rights.
//!
//! Functions of the platform run as `dot_owner`, which may not create roles: what the caller may do to the server beyond the
//! platform is the server's to decide.

use serde_json::Value;
use sqlx::postgres::PgConnection;

use crate::database::query::{execute, json_rows_with};
use crate::failure::Result;
use crate::pipeline::Invocation;
use crate::pipeline::hooks::{Builtin, Work};

pub struct Add;

impl Builtin for Add {
    fn name(&self) -> &'static str {
        "actor.add"
    }

    fn prepare<'a>(&self, connection: &'a mut PgConnection, invocation: &'a Invocation) -> Work<'a, ()> {
        Box::pin(login(connection, invocation))
    }
}

/// The login of `dot actor add`, with its memberships, where they are missing. The function judges the result.
async fn login(connection: &mut PgConnection, invocation: &Invocation) -> Result<()> {
    let text = |name: &str| invocation.text(name).map(str::to_owned);
    let roles = invocation.args.get("role").map(Value::to_string);
    // The server writes the statements, so that it quotes the names.
    let sql = "select to_json(s.sql)::text from (
          select 1 as no, format('create role %I login', $1) as sql where to_regrole(quote_ident($1)) is null
          union all
          select 2, format('grant %I to %I', r, $1)
            from unnest(dot.fn_actor_roles($2, (select array_agg(x) from jsonb_array_elements_text($3::text::jsonb) x))) r
           where not dot.fn_role_held($1, r)
             -- One that was granted by hand is only to be given here, too.
             and not exists (select 1 from pg_auth_members m where m.roleid = to_regrole(r) and m.member = to_regrole(quote_ident($1)))) s
        order by s.no, s.sql";
    let parameters = [text("login").or_else(|| text("actor")), text("kind"), roles];
    for statement in json_rows_with(connection, sql, &parameters).await? {
        execute(connection, statement.as_str().unwrap_or_default()).await?;
    }
    Ok(())
}
