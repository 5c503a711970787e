//! `dot up`: starts the local cluster, under a newer PostgreSQL major where that is asked for.

use serde_json::{Value, json};

use super::verified;
use crate::catalog::spec::Risk;
use crate::cluster::upgrade::{self, Began, Need};
use crate::cluster::{self, Cluster};
use crate::database::Session;
use crate::failure::{Failure, Result};
use crate::pipeline::hooks::{Builtin, Work, done};
use crate::pipeline::{Invocation, Outcome, Program, cancel};

pub struct Up;

impl Builtin for Up {
    fn name(&self) -> &'static str {
        "cluster.up"
    }

    fn ask<'a>(&self, _: &'a mut Session, _: &'a Program, invocation: &'a mut Invocation) -> Work<'a, ()> {
        done(settle(invocation))
    }

    fn run<'a>(&self, session: &'a mut Session, program: &'a Program, invocation: &'a Invocation) -> Work<'a, Outcome> {
        Box::pin(up(session, program, invocation))
    }
}

const REVERT: &str = "revert";
const REMOVE: &str = "remove-old";
const UPGRADE: &str = "upgrade";

fn given(invocation: &Invocation, name: &str) -> bool {
    invocation.args.get(name).is_some_and(|value| value == true)
}

/// Finds out what is to be done, and what a person has to agree to: that data changes its place or goes. To start what is
/// there is no risk, and is done as always.
fn settle(invocation: &mut Invocation) -> Result<()> {
    let named = [UPGRADE, REVERT, REMOVE].into_iter().filter(|name| given(invocation, name)).count();
    let to = invocation.args.get("to").and_then(Value::as_u64);
    if named > 1 {
        return Err(Failure::usage("--upgrade, --revert and --remove-old exclude each other").hint("Give one of them."));
    }
    if to.is_some() && !given(invocation, UPGRADE) {
        return Err(Failure::usage("--to names the major of an upgrade").hint("Give --upgrade with it."));
    }
    let stakes = if given(invocation, REVERT) {
        reverting()?
    } else if given(invocation, REMOVE) {
        removing()?
    } else {
        let to = to.map(|to| u32::try_from(to).unwrap_or(u32::MAX));
        let need = if given(invocation, UPGRADE) { upgrade::plan(to)? } else { upgrade::needed()? };
        need.map(|need| {
            invocation.args.insert(UPGRADE.to_owned(), json!(true));
            invocation.args.insert("to".to_owned(), json!(need.to));
            need.text()
        })
    };
    // What is no risk in itself takes no --yes from the pipeline: so it has one of its own.
    if invocation.args.remove("yes").is_some_and(|yes| yes == true) {
        invocation.options.yes = true;
    }
    if stakes.is_some() {
        (invocation.risk, invocation.stakes) = (Some(Risk::High), stakes);
    }
    Ok(())
}

fn reverting() -> Result<Option<String>> {
    let kept = upgrade::kept()?.pop().ok_or_else(upgrade::nothing_kept)?;
    Ok(Some(format!(
        "PostgreSQL {} to {}: {} is the cluster again. What was written since the upgrade is not in it; that data is kept under another name. A log that was sealed since goes on only with a new key (dot audit keygen).",
        kept.replaced_by,
        kept.major,
        kept.data.display()
    )))
}

fn removing() -> Result<Option<String>> {
    let kept = upgrade::kept()?;
    let lines = kept.iter().map(|old| {
        let megabytes = old.bytes.div_ceil(1024 * 1024);
        format!("removes {} for good ({megabytes} MB, PostgreSQL {})", old.data.display(), old.major)
    });
    let lines: Vec<String> = lines.collect();
    Ok((!lines.is_empty()).then(|| lines.join("\n")))
}

async fn up(session: &mut Session, program: &Program, invocation: &Invocation) -> Result<Outcome> {
    if given(invocation, REVERT) {
        let (cluster, aside) = upgrade::revert(&session.cluster).await?;
        let mut shown = running(&cluster);
        shown["put_aside"] = json!(aside);
        return Ok(Outcome::of(shown));
    }
    if given(invocation, REMOVE) {
        let removed = upgrade::remove_kept().await?;
        let mut shown = running(&cluster::ensure_running(&session.cluster).await?);
        shown["removed"] = json!(removed);
        return Ok(Outcome::of(shown));
    }
    let to = invocation.args.get("to").and_then(Value::as_u64).and_then(|to| u32::try_from(to).ok());
    if given(invocation, UPGRADE)
        && let Some(need) = upgrade::plan(to)?
    {
        // It is left where it is; what it has made goes, and the old cluster is as it was.
        let upgraded = cancel::until_signal(upgraded(session, program, invocation, &need)).await;
        if let Some(outcome) = upgraded.unwrap_or_else(|| Err(cancel::interruption()))? {
            return Ok(outcome);
        }
    }
    Ok(Outcome::of(running(&cluster::ensure_running(&session.cluster).await?)))
}

/// None where somebody else was faster.
async fn upgraded(
    session: &Session,
    program: &Program,
    invocation: &Invocation,
    need: &Need,
) -> Result<Option<Outcome>> {
    let Began::Ready(ready) = upgrade::begin(need, &session.cluster).await? else { return Ok(None) };
    let verified = match verified::verify(session, program, invocation, ready.old(), ready.restored()).await {
        Ok(verified) => verified,
        Err(failure) => {
            ready.give_up().await;
            return Err(failure);
        }
    };
    let (counted, left) = (ready.counted.clone(), ready.left.clone());
    let done = ready.finish().await?;
    let mut shown = running(&done.cluster);
    shown["upgraded"] = json!({ "from": need.from, "to": need.to, "seconds": done.seconds });
    shown["kept"] =
        json!({ "data": done.kept, "bytes": done.bytes, "remove": "dot up --remove-old", "back": "dot up --revert" });
    shown["databases"] = json!(counted);
    shown["verified"] = json!(verified);
    let mut outcome = Outcome::of(shown);
    if !left.is_empty() {
        outcome.warnings.push(format!("what alter system had set stays with the old data: {}", left.join(", ")));
    }
    Ok(Some(outcome))
}

fn running(cluster: &Cluster) -> Value {
    json!({
        "running": true,
        "data": cluster.data,
        "socket_dir": cluster.socket_dir,
        "database": cluster.database,
        "user": cluster.user,
        "log": cluster.log,
    })
}
