//! Asking before a risky command runs.

use dialoguer::{Confirm, Input};
use tokio::signal::unix::{SignalKind, signal};

use super::Invocation;
use crate::catalog::spec::Risk;
use crate::database::Session;
use crate::envelope::Mode;
use crate::failure::{Failure, Kind, Result};
use crate::terminal;

/// Proof that the question was settled. Only this module makes it, and `mutate` wants it.
pub struct Confirmed(());

/// The risk of this invocation: that of what it carries out or the command's, one level higher in a protected context.
pub fn risk(invocation: &Invocation) -> Risk {
    let risk = invocation.risk.or(invocation.command.spec.risk).unwrap_or(Risk::Critical);
    match (risk, invocation.envelope.protected) {
        (Risk::Low, false) => Risk::Low,
        (Risk::Low, true) | (Risk::High, false) => Risk::High,
        _ => Risk::Critical,
    }
}

/// Settles whether the command may go on: by a flag, else by a prompt where a person can answer, else exit 7. What was settled
/// goes with the envelope: with some arguments a command is more of a risk, which the database knows.
pub async fn ask(session: &mut Session, invocation: &mut Invocation) -> Result<Confirmed> {
    if invocation.mode == Mode::DryRun {
        return Ok(Confirmed(()));
    }
    // While this lives, Ctrl-C at the prompt is an answer and not the end of the process.
    let _interrupts = signal(SignalKind::interrupt());
    let risk = risk(invocation);
    match risk {
        Risk::Low => {}
        Risk::High if invocation.options.yes => {}
        Risk::High => high(session, invocation)?,
        Risk::Critical => critical(session, invocation).await?,
    }
    let settled = match (&invocation.options.confirm, risk) {
        (_, Risk::Critical) => Risk::Critical,
        (Some(typed), _) if *typed == name(session).await? => Risk::Critical,
        (_, Risk::Low) if !invocation.options.yes => Risk::Low,
        _ => Risk::High,
    };
    invocation.envelope.confirmed = invocation.envelope.confirmed.max(Some(settled));
    Ok(Confirmed(()))
}

/// Asks again where the database says that the arguments make it more of a risk. None for another failure, or where that was
/// settled already.
pub async fn ask_more(
    session: &mut Session,
    invocation: &mut Invocation,
    failure: &Failure,
) -> Option<Result<Confirmed>> {
    let detail = failure.detail.as_ref().filter(|detail| detail["reason"] == "confirm")?;
    let wanted: Risk = serde_json::from_value(detail["risk"].clone()).ok()?;
    if invocation.envelope.confirmed >= Some(wanted) {
        return None;
    }
    let asked = match wanted {
        Risk::Low => Ok(()),
        Risk::High => high(session, invocation),
        Risk::Critical => critical(session, invocation).await,
    };
    Some(asked.map(|()| {
        // Another run: that it was refused before is kept.
        invocation.envelope.run_id = uuid::Uuid::now_v7();
        invocation.envelope.confirmed = Some(wanted);
        Confirmed(())
    }))
}

fn high(session: &Session, invocation: &Invocation) -> Result<()> {
    if !terminal::may_prompt(&invocation.options) {
        return Err(required(invocation, "Pass --yes to confirm, or look first with --dry-run."));
    }
    let question = format!("Run `dot {}`{}? {}", invocation.code(), place(session), invocation.command.spec.summary);
    match Confirm::new().with_prompt(question).default(false).interact() {
        Ok(true) => Ok(()),
        Ok(false) => Err(required(invocation, "It was not confirmed; nothing was changed.")),
        Err(_) => Err(super::cancel::interruption()),
    }
}

async fn critical(session: &mut Session, invocation: &Invocation) -> Result<()> {
    let name = name(session).await?;
    let flag = format!("Pass --confirm {name} to confirm, or look first with --dry-run.");
    let typed = match &invocation.options.confirm {
        Some(typed) => typed.clone(),
        None if terminal::may_prompt(&invocation.options) => Input::new()
            .with_prompt(format!("`dot {}` is critical{}. Type {name} to confirm", invocation.code(), place(session)))
            .allow_empty(true)
            .interact_text()
            .map_err(|_| super::cancel::interruption())?,
        None => return Err(required(invocation, &flag)),
    };
    if typed == name { Ok(()) } else { Err(required(invocation, &flag)) }
}

/// What a critical command is confirmed with: the environment's name, else the database's.
async fn name(session: &mut Session) -> Result<String> {
    match session.settings.target.value.environment.clone() {
        Some(environment) => Ok(environment),
        None => Ok(session.options().await?.get_database().unwrap_or("dot").to_owned()),
    }
}

fn place(session: &Session) -> String {
    session.settings.target.value.environment.as_ref().map_or(String::new(), |name| format!(" on {name}"))
}

fn required(invocation: &Invocation, hint: &str) -> Failure {
    Failure::new(Kind::ApprovalRequired, format!("`dot {}` needs a confirmation", invocation.code())).hint(hint)
}
