//! Asking before a risky command runs.
//!
//! How much of a risk an invocation is, is for the database to say, after it has said whether it may run at all: it refuses
//! to begin what is not confirmed. Where it cannot be asked yet, or judges something else, the program asks first.

use dialoguer::{Confirm, Input};
use tokio::signal::unix::{SignalKind, signal};

use super::{Invocation, Program, preview};
use crate::catalog::Duty;
use crate::catalog::spec::Risk;
use crate::database::Session;
use crate::envelope::Mode;
use crate::failure::{Failure, Kind, Result};
use crate::terminal;

/// Proof that the question was settled, or is the database's. Only this module makes it, and `mutate` wants it.
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

/// What the flags say goes with the envelope. What the database will not ask for is asked for now: by a prompt where a person
/// can answer, else exit 7.
pub async fn ask(session: &mut Session, program: &Program, invocation: &mut Invocation) -> Result<Confirmed> {
    if invocation.mode == Mode::DryRun {
        return Ok(Confirmed(()));
    }
    let settled = match &invocation.options.confirm {
        Some(typed) if *typed == name(session).await?.1 => Risk::Critical,
        _ if invocation.options.yes => Risk::High,
        _ => Risk::Low,
    };
    invocation.envelope.confirmed = invocation.envelope.confirmed.max(Some(settled));
    let bootstraps = invocation.command.spec.duties.contains(&Duty::Bootstrap);
    if invocation.mode == Mode::Run && invocation.proposal.is_none() && !bootstraps {
        return Ok(Confirmed(()));
    }
    ask_now(session, program, invocation, risk(invocation)).await
}

/// What acts on this machine only is no database's to judge.
pub async fn ask_here(session: &mut Session, program: &Program, invocation: &mut Invocation) -> Result<()> {
    if invocation.options.yes {
        invocation.envelope.confirmed = Some(Risk::High);
    }
    let wanted = invocation.risk.or(invocation.command.spec.risk).unwrap_or(Risk::Critical);
    ask_now(session, program, invocation, wanted).await.map(|_| ())
}

/// The risk that the database wants confirmed. None for another failure, or where that was settled already.
pub fn wanted(invocation: &Invocation, failure: &Failure) -> Option<Risk> {
    let detail = failure.detail.as_ref().filter(|detail| detail["reason"] == "confirm")?;
    let wanted = serde_json::from_value(detail["risk"].clone()).ok()?;
    (invocation.envelope.confirmed < Some(wanted)).then_some(wanted)
}

/// Asks for a confirmation of this risk, unless it was given.
pub async fn ask_now(
    session: &mut Session,
    program: &Program,
    invocation: &mut Invocation,
    wanted: Risk,
) -> Result<Confirmed> {
    if invocation.envelope.confirmed.unwrap_or(Risk::Low) < wanted {
        let (whose, name) = match wanted {
            Risk::Critical => name(session).await?,
            _ => ("", String::new()),
        };
        let flag = match wanted {
            Risk::Critical => format!("Pass --confirm {name}, the name of {whose}, or look first with --dry-run."),
            _ => match &invocation.stakes {
                Some(stakes) => {
                    format!("{stakes}\nNothing was changed. To do it: {} --yes", preview::typed(invocation))
                }
                None => "Pass --yes to confirm, or look first with --dry-run.".to_owned(),
            },
        };
        if !terminal::may_prompt(&invocation.options) {
            return Err(required(invocation, wanted, &flag));
        }
        // While this lives, Ctrl-C at the prompt is an answer and not the end of the process.
        let _interrupts = signal(SignalKind::interrupt());
        let known = preview::preview(session, program, invocation).await?;
        let prompt = fitted(&match wanted {
            Risk::Critical => format!("{known}\nThis is critical. Type {name}, the name of {whose}, to confirm"),
            _ => format!("{known}\nGo on?"),
        });
        let answered = match wanted {
            Risk::Critical => {
                Input::<String>::new().with_prompt(prompt).allow_empty(true).interact_text().map(|typed| typed == name)
            }
            _ => Confirm::new().with_prompt(prompt).default(false).interact(),
        };
        match answered {
            Ok(true) => {}
            Ok(false) => return Err(required(invocation, wanted, "It was not confirmed; nothing was changed.")),
            Err(_) => return Err(super::cancel::interruption()),
        }
    }
    invocation.envelope.confirmed = invocation.envelope.confirmed.max(Some(wanted));
    Ok(Confirmed(()))
}

/// In lines that the terminal has room for, so that it cuts no word; what follows after a first line is indented.
fn fitted(text: &str) -> String {
    // dialoguer puts the answer behind the last line.
    const ANSWER: usize = 8;
    let Some(width) = terminal::width_stderr().map(usize::from) else { return text.to_owned() };
    let room = textwrap::Options::new(width.saturating_sub(ANSWER).max(20))
        .subsequent_indent("  ")
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .break_words(false);
    text.lines().flat_map(|line| textwrap::wrap(line, &room)).collect::<Vec<_>>().join("\n")
}

/// What a critical command is confirmed with, and whose name it is: the environment's, else the database's.
async fn name(session: &mut Session) -> Result<(&'static str, String)> {
    Ok(match session.settings.target.value.environment.clone() {
        Some(environment) => ("the environment", environment),
        None => ("the database", session.database().await?),
    })
}

fn required(invocation: &Invocation, wanted: Risk, hint: &str) -> Failure {
    Failure::new(Kind::ApprovalRequired, format!("`dot {}` needs a confirmation", invocation.code()))
        .detail(serde_json::json!({ "reason": "confirm", "risk": wanted }))
        .hint(hint)
}
