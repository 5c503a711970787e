//! `dot migrate plan`: the pending migrations, done for real and rolled back.

use serde_json::{Map, Value, json};

use crate::database::{Session, query};
use crate::failure::Result;
use crate::migrate::files::Files;
use crate::migrate::lint::Level;
use crate::migrate::set::Set;
use crate::migrate::{apply, rehearse};
use crate::pipeline::hooks::{Builtin, Picture, Work};
use crate::pipeline::{Invocation, Outcome, Program, cancel};
use crate::render;

pub struct Plan;

impl Builtin for Plan {
    fn name(&self) -> &'static str {
        "migrate.plan"
    }

    fn run<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(plan(session, invocation))
    }

    fn draw(&self, data: &Value, how: Picture) -> Option<String> {
        Some(render::migration::plan(data, how.verbose))
    }
}

/// Applies for real in a transaction, measures, and rolls back.
async fn plan(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let files = Files::of_database(invocation.text("dir"))?;
    session.connection().await?;
    let options = session.options().await?;
    let locals = session.locals();
    let connection = session.connection().await?;
    let target = cancel::Target::default();
    let work = async {
        target.begin(connection, &format!("begin; {locals}")).await?;
        let rehearsed = async {
            apply::lock(connection).await?;
            rehearse::rehearse(connection, &files).await
        };
        let rehearsed = rehearsed.await;
        let ended = query::execute(connection, "rollback").await;
        rehearsed.and_then(|rehearsal| ended.map(|()| rehearsal))
    };
    let rehearsed = cancel::cancellable(options, &target, work).await;
    cancel::check()?;
    let rehearsal = rehearsed?;
    let broken = |step: &rehearse::Step| {
        matches!(step.down, rehearse::Down::Differs { .. } | rehearse::Down::Fails { with_functions: false, .. })
    };
    let mut shown = json!(rehearsal);
    // What apply refuses until it is accepted with a reason.
    let is_refused = |step: &rehearse::Step| step.lint.iter().any(|finding| finding.level == Level::Error);
    shown["ok"] = json!(!rehearsal.migrations.iter().any(|step| broken(step) || is_refused(step)));
    if let Some(dir) = invocation.text("dir") {
        shown["dir"] = json!(dir);
    }
    if files.set == Set::Platform && rehearsal.applied.is_none() && !invocation.options.verbose {
        summarise(&mut shown);
    }
    Ok(Outcome::of(shown))
}

/// On a fresh database everything is new, and its definitions are the files: they are counted by what they are.
fn summarise(shown: &mut Value) {
    let mut counts = Map::new();
    for change in shown["changes"].as_array().into_iter().flatten() {
        let kind = change["object"].as_str().and_then(|object| object.split(' ').next()).unwrap_or_default();
        let count = counts.entry(kind.to_owned()).or_insert(json!(0));
        *count = json!(count.as_u64().unwrap_or_default() + 1);
    }
    shown["changes"] = json!([]);
    shown["created"] = Value::Object(counts);
    shown["summarised"] = json!("the database is fresh; --verbose shows every definition");
    for step in shown["migrations"].as_array_mut().into_iter().flatten() {
        step["statements"] = json!(step["statements"].as_array().map_or(0, Vec::len));
    }
    shown["functions"] = json!(shown["functions"].as_array().map_or(0, Vec::len));
}
