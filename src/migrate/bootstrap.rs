//! What an administrator of the server does once, so that a login without any rights of a superuser can make the platform and
//! look after it: the roles, that login, its database.
//!
//! Migrations make roles that are missing, which such a login may not always do: from PostgreSQL 16 on, who makes a role has it
//! only to give it away, and may not act as it. With these lines there is nothing left for them to make.

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

use crate::database::query::json_rows_with;
use crate::failure::Result;

/// Every role of the platform, the one that owns it first.
const ROLES: [&str; 9] = [
    "dot_owner",
    "dot_reader",
    "dot_operator",
    "dot_reviewer",
    "dot_worker",
    "dot_agent",
    "dot_admin",
    "dot_breakglass",
    "dot_gateway",
];

/// Those that may read.
const READERS: &str = "dot_operator, dot_reviewer, dot_worker, dot_agent, dot_admin, dot_breakglass";

/// A line of it.
pub struct Line {
    /// A statement, or a command of psql's.
    pub sql: String,
    pub why: &'static str,
    /// Whether it has been carried out for who asks, as a query for one boolean; none where nobody can tell.
    check: Option<String>,
}

/// The lines for a login and a database, in their order.
pub fn lines(login: &str, database: &str) -> Vec<Line> {
    let (login, database) = (identifier(login), identifier(database));
    let line = |sql: String, why, check: &str| Line { sql, why, check: Some(check.to_owned()) };
    let mut lines: Vec<Line> = ROLES
        .iter()
        .map(|role| {
            let check = format!("select to_regrole('{role}') is not null");
            line(
                format!("create role {role} nologin;"),
                "a role of the platform, which belongs to the whole server",
                &check,
            )
        })
        .collect();
    let members = |role: &str, of: &str| {
        format!(
            "select not exists (select 1 from unnest(string_to_array('{of}', ', ')) m where not exists (select 1 from pg_auth_members a
               where a.roleid = to_regrole('{role}') and a.member = to_regrole(m)))"
        )
    };
    // Whether the login has a role in each of these ways; before 16 there is one way.
    let held = |role: &str, ways: &str, newer: &str| {
        format!(
            "select to_regrole('{role}') is not null and pg_has_role(session_user, to_regrole('{role}'), '{ways}')
                and (current_setting('server_version_num')::int < 160000 or pg_has_role(session_user, to_regrole('{role}'),
                     case when current_setting('server_version_num')::int < 160000 then '{ways}' else '{newer}' end))"
        )
    };
    let given = "select current_setting('server_version_num')::int < 160000 or not exists (
        select 1 from unnest(string_to_array('dot_reader, dot_reviewer, dot_worker, dot_agent, dot_breakglass, dot_gateway, dot_admin, dot_operator', ', ')) r
         where to_regrole(r) is null or not pg_has_role(session_user, to_regrole(r), 'member with admin option'))";
    lines.extend([
        line(format!("grant dot_reader to {READERS};"), "whoever may do more may read", &members("dot_reader", READERS)),
        line("grant dot_operator to dot_agent;".to_owned(), "agents are operators within their policy", &members("dot_operator", "dot_agent")),
        line(
            format!("create role {login} login createrole createdb;"),
            "who migrates and administers: it makes logins for people, and a scratch database to verify the schema with",
            "select rolcreaterole and rolcreatedb or rolsuper from pg_roles where rolname = session_user",
        ),
        Line { sql: format!("\\password {login}"), why: "psql asks for it, so that no log has it", check: None },
        line(format!("grant dot_owner to {login};"), "migrations act as the owner", &held("dot_owner", "usage", "set")),
        line(
            format!("grant dot_admin, dot_operator to {login} with admin option;"),
            "it opens gates and phases, and tries what they turn on",
            "select not exists (select 1 from unnest(array['dot_admin', 'dot_operator']) r
              where to_regrole(r) is null or not pg_has_role(session_user, to_regrole(r), 'usage'))",
        ),
        line(
            format!(
                "do $$ begin\n  if current_setting('server_version_num')::int >= 160000 then\n    \
                 execute 'grant dot_reader, dot_reviewer, dot_worker, dot_agent, dot_breakglass, dot_gateway to {} with admin true, inherit false, set false';\n  \
                 end if;\nend $$;",
                login.replace('\'', "''")
            ),
            "it gives people their roles, and has none of these itself; before 16, createrole does that",
            given,
        ),
        line(
            format!("create database {database} owner {login};"),
            "the platform's own database",
            "select has_database_privilege(current_database(), 'create')",
        ),
        line(
            format!("revoke temporary on database {database} from public;"),
            "the platform needs no temporary objects",
            "select not exists (select 1 from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
              where d.datname = current_database() and a.grantee = 0 and a.privilege_type = 'TEMPORARY')",
        ),
    ]);
    lines
}

/// Which lines have been carried out for the login of this connection, in its database: `[{line, why, done}]`.
pub async fn check(connection: &mut PgConnection) -> Result<Vec<Value>> {
    let mut found = Vec::new();
    let named = "select to_json(array[session_user::text, current_database()::text])::text";
    let names = json_rows_with(connection, named, &[]).await?.pop().unwrap_or_default();
    let name = |n: usize| names[n].as_str().unwrap_or_default().to_owned();
    for line in lines(&name(0), &name(1)) {
        let Some(check) = &line.check else { continue };
        let sql = format!("select to_json(coalesce(({check}), false))::text");
        let done = json_rows_with(connection, &sql, &[]).await?.pop().unwrap_or_default();
        found.push(json!({ "line": line.sql, "why": line.why, "done": done }));
    }
    Ok(found)
}

/// Whether this login may act as the owner of the platform.
pub async fn migrates(connection: &mut PgConnection) -> Result<bool> {
    let sql = "select to_json(coalesce(pg_has_role(session_user, to_regrole('dot_owner'), 'usage'), false))::text";
    Ok(json_rows_with(connection, sql, &[]).await?.pop() == Some(Value::Bool(true)))
}

/// A name as SQL takes it.
fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
