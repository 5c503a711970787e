//! `dot doctor`: what this invocation would use, where each value comes from, and what is wrong.

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

use crate::catalog::Catalog;
use crate::cluster;
use crate::connect;
use crate::database::{Session, query::json_rows_with};
use crate::failure::Result;
use crate::migrate::bootstrap;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Outcome, Program, begin};
use crate::settings::{file, target::Place};

pub struct Doctor;

impl Builtin for Doctor {
    fn name(&self) -> &'static str {
        "doctor"
    }

    fn run<'a>(&self, session: &'a mut Session, program: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(doctor(session, &program.catalog, invocation))
    }
}

async fn doctor(session: &mut Session, catalog: &Catalog, invocation: &Invocation) -> Result<Outcome> {
    let settings = session.settings.clone();
    let rows = json!([
        { "setting": "output", "value": settings.output.value, "source": settings.output.source },
        { "setting": "color", "value": settings.color.value, "source": settings.color.source },
        { "setting": "timeout", "value": format!("{} ms", settings.timeout.value.as_millis()), "source": settings.timeout.source },
        { "setting": "lock_timeout", "value": format!("{} ms", settings.lock_timeout.value.as_millis()), "source": settings.lock_timeout.source },
        { "setting": "limit", "value": settings.limit.value, "source": settings.limit.source },
        { "setting": "zone", "value": settings.zone.value.to_string(), "source": settings.zone.source },
        { "setting": "actor", "value": settings.actor.value, "source": settings.actor.source },
        { "setting": "actor_kind", "value": settings.actor_kind.value, "source": settings.actor_kind.source },
        { "setting": "target", "value": describe(&settings.target.value.place), "source": settings.target.source },
        { "setting": "user file", "value": file::user_path(), "source": "XDG_CONFIG_HOME or HOME" },
        { "setting": "project file", "value": file::project_path(), "source": "current directory" },
    ]);
    let mut checks = Vec::new();
    let mut note = |name: &str, ok: bool, message: String, hint: Option<&str>| {
        checks.push(json!({ "check": name, "ok": ok, "message": message, "hint": hint }));
    };
    if let Some(wrong) = &invocation.unusable {
        note("settings files", false, wrong.message.clone(), wrong.hint.as_deref());
    }
    let mut reachable = true;
    if matches!(settings.target.value.place, Place::Local) {
        let status = cluster::status().await?;
        reachable = status.running;
        if let Some(need) = &status.upgrade {
            let message =
                format!("made by PostgreSQL {}, and to be upgraded to {}: {}", need.from, need.to, need.reason);
            note("upgrade of the local cluster", false, message, Some(&need.command()));
        }
        if status.exists || status.upgrade.is_none() {
            note(
                "local cluster",
                status.running || !status.exists,
                match (status.exists, status.running) {
                    (_, true) => "running".to_owned(),
                    (true, false) => "stopped; the next command starts it".to_owned(),
                    (false, false) => "not made yet; the first command makes it".to_owned(),
                },
                (!status.running).then_some("dot up"),
            );
        }
    }
    if reachable {
        match database(session, catalog).await {
            Ok(findings) => checks.extend(findings),
            Err(failure) => checks
                .push(json!({ "check": "database", "ok": false, "message": failure.message, "hint": failure.hint })),
        }
    }
    let ok = checks.iter().all(|check| check["ok"] != false);
    Ok(Outcome::of(json!({ "ok": ok, "version": env!("CARGO_PKG_VERSION"), "settings": rows, "checks": checks })))
}

async fn database(session: &mut Session, catalog: &Catalog) -> Result<Vec<Value>> {
    let connection = session.connection().await?;
    let server = crate::database::text_scalar(connection, "select current_setting('server_version')", &[]).await?;
    let login = crate::database::text_scalar(connection, "select session_user::text", &[]).await?;
    let mut checks = vec![
        json!({ "check": "database", "ok": true, "message": format!("PostgreSQL {}, login {}", server.unwrap_or_default(), login.unwrap_or_default()) }),
    ];
    let has_platform = begin::has_platform(connection).await?;
    // Who only uses the platform needs none of what makes it.
    if !has_platform || bootstrap::migrates(connection).await? {
        checks.extend(bootstrapped(connection, has_platform).await?);
    }
    if !has_platform {
        checks.push(json!({ "check": "platform", "ok": false, "message": "the database has not been migrated", "hint": "dot migrate apply, then dot catalog sync" }));
        return Ok(checks);
    }
    let commands = serde_json::to_string(&catalog.iter().collect::<Vec<_>>()).unwrap_or_default();
    let checked =
        json_rows_with(connection, "select dot.fn_catalog_check($1::text::jsonb)::text", &[Some(commands)]).await?;
    let findings = checked.first().and_then(|checked| checked["findings"].as_array()).cloned().unwrap_or_default();
    checks.push(json!({
        "check": "catalogue", "ok": findings.is_empty(),
        "message": if findings.is_empty() { "program and database agree".to_owned() } else { format!("{} findings", findings.len()) },
        "hint": (!findings.is_empty()).then_some("dot catalog check"),
    }));
    let checked = json_rows_with(connection, "select dot.fn_actor_check()::text", &[]).await?;
    let problems = checked.first().and_then(|checked| checked["problems"].as_array()).cloned().unwrap_or_default();
    checks.push(json!({
        "check": "actors", "ok": problems.is_empty(),
        "message": if problems.is_empty() {
            "actors and logins fit".to_owned()
        } else {
            let named: Vec<String> = problems
                .iter()
                .map(|one| format!("{}: {}", one["actor"].as_str().unwrap_or_default(), one["problem"].as_str().unwrap_or_default()))
                .collect();
            named.join("; ")
        },
        "hint": (!problems.is_empty()).then_some("dot actor check"),
    }));
    let revoke = "select format('revoke temporary on database %I from public', d.datname) from pg_database d
        where d.datname = current_database() and exists (
          select 1 from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a where a.grantee = 0 and a.privilege_type = 'TEMPORARY')";
    if let Some(statement) = crate::database::text_scalar(connection, revoke, &[]).await? {
        checks.push(json!({
            "check": "temporary objects", "ok": true,
            "message": "every login may make temporary objects here; the platform evaluates none of them, and needs none",
            "hint": statement,
        }));
    }
    let shared =
        crate::database::text_scalar(connection, "select (not verified)::text from dot.fn_actor_current()", &[])
            .await?;
    if shared.as_deref() == Some("true") {
        checks.push(json!({
            "check": "identity", "ok": true,
            "message": "this login is shared: who acts is claimed, not proved, and every run says so",
            "hint": "On a server that people share, give each a login of their own: dot actor add",
        }));
    }
    Ok(checks)
}

/// Each line of `dot migrate bootstrap` that is missing for this login. What a platform that is there can do without is told,
/// and is no fault.
async fn bootstrapped(connection: &mut PgConnection, has_platform: bool) -> Result<Vec<Value>> {
    let lines = bootstrap::check(connection).await?;
    let missing = lines.iter().filter(|line| line["done"] != true);
    let mut checks: Vec<Value> = missing
        .map(|line| json!({ "check": "bootstrap", "ok": has_platform, "message": format!("not done: {}", line["why"].as_str().unwrap_or_default()), "hint": line["line"] }))
        .collect();
    if checks.is_empty() {
        checks.push(json!({ "check": "bootstrap", "ok": true, "message": format!("all {} lines are done of: dot migrate bootstrap", lines.len()), "hint": null }));
    }
    Ok(checks)
}

fn describe(place: &Place) -> String {
    match place {
        Place::Local => "the local cluster".to_owned(),
        Place::Libpq => "PG* variables".to_owned(),
        Place::Url(string) => connect::redacted(string),
    }
}
