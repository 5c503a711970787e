//! `dot migrate plan`: the pending migrations, done for real and rolled back.

use serde_json::{Value, json};

use crate::database::{Session, query};
use crate::failure::Result;
use crate::migrate::files::Files;
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

    fn draw(&self, data: &Value, _: Picture) -> Option<String> {
        Some(render::migration::plan(data))
    }
}

/// Applies for real in a transaction, measures, and rolls back.
async fn plan(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let files = Files::load(invocation.text("dir"))?;
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
    shown["ok"] = json!(!rehearsal.migrations.iter().any(broken));
    Ok(Outcome::of(shown))
}
