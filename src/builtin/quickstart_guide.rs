//! Runs the steps of the quickstart through the pipeline and keeps what came of each.

use std::time::Instant;

use indicatif::ProgressBar;
use serde_json::{Map, Value, json};

use crate::arguments::complete;
use crate::arguments::values;
use crate::database::Session;
use crate::envelope::Mode;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::{Invocation, Program, Report, execute};
use crate::render::progress;

/// One line of the final table.
pub struct Row {
    command: String,
    state: &'static str,
    says: String,
    milliseconds: u64,
    run_id: Option<String>,
}

impl Row {
    pub fn to_json(&self) -> Value {
        json!({ "command": self.command, "state": self.state, "says": self.says, "ms": self.milliseconds, "run": self.run_id })
    }
}

pub struct Guide<'a> {
    session: &'a mut Session,
    program: &'a Program,
    parent: &'a Invocation,
    rows: Vec<Row>,
    bar: ProgressBar,
}

impl<'a> Guide<'a> {
    pub fn new(session: &'a mut Session, program: &'a Program, parent: &'a Invocation, steps: u64) -> Self {
        Guide { session, program, parent, rows: Vec::new(), bar: progress::steps(&parent.options, steps) }
    }

    /// A step that must succeed; gives its data.
    pub async fn step(&mut self, actor: &str, command: &str, args: Value) -> Result<Value> {
        self.attempt(actor, command, args).await?
    }

    /// A step that may be refused because someone else was faster; any other failure ends the quickstart.
    pub async fn attempt(&mut self, actor: &str, command: &str, args: Value) -> Result<Result<Value>> {
        let report = self.run(actor, command, args, Mode::Run).await?;
        let failure = report.failure();
        match (&report.result, failure) {
            (Ok(outcome), None) => {
                let says = says(command, &outcome.data, outcome.pair.as_ref());
                self.note(&report, "succeeded", says);
                Ok(Ok(outcome.data.clone()))
            }
            // Some documents of the caller's own may be refused; the others are in.
            (Ok(outcome), Some(failure)) if failure.kind == Kind::Partial => {
                self.note(&report, "partly done", says(command, &outcome.data, None));
                Ok(Ok(outcome.data.clone()))
            }
            (_, Some(failure))
                if matches!(failure.kind, Kind::Refused | Kind::ApprovalRequired | Kind::NotFound)
                    && command != "up" =>
            {
                self.note(&report, "refused", failure.message.clone());
                Ok(Err(failure))
            }
            (_, Some(failure)) => Err(at(command, failure)),
            (Err(failure), None) => Err(at(command, failure.clone())),
        }
    }

    /// A read on the way, which gets no line of its own.
    pub async fn quiet(&mut self, actor: &str, command: &str, args: Value) -> Result<Value> {
        self.run(actor, command, args, Mode::Read)
            .await?
            .result
            .map(|outcome| outcome.data)
            .map_err(|failure| at(command, failure))
    }

    /// A dry run: what it measured, and that it left nothing behind.
    pub async fn rehearse(&mut self, actor: &str, command: &str, args: Value) -> Result<()> {
        let report = self.run(actor, command, args, Mode::DryRun).await?;
        match &report.result {
            Ok(outcome) => {
                let tables =
                    outcome.effects.as_ref().and_then(|effects| effects["tables"].as_object()).map_or(0, Map::len);
                self.note(&report, "rehearsed", format!("dry run: would change rows of {tables} tables; rolled back"));
                Ok(())
            }
            Err(failure) => Err(at(command, failure.clone())),
        }
    }

    /// A step that has to be refused; if it is not, the rules do not hold.
    pub async fn refused(&mut self, actor: &str, command: &str, args: Value) -> Result<()> {
        let report = self.run(actor, command, args, Mode::Run).await?;
        match &report.result {
            Err(failure)
                if matches!(failure.kind, Kind::Refused | Kind::ApprovalRequired | Kind::NotFound | Kind::Invalid) =>
            {
                let says = format!("refused, as it must be (exit {}): {}", failure.exit_code(), failure.message);
                self.note(&report, "refused", says);
                Ok(())
            }
            Err(failure) => Err(at(command, failure.clone())),
            Ok(_) => Err(Failure::unexpected(format!("`dot {command}` was not refused"))),
        }
    }

    /// A step that the documents give no occasion for.
    pub fn skip(&mut self, command: &str, why: &str) {
        self.rows.push(Row {
            command: command.to_owned(),
            state: "skipped",
            says: why.to_owned(),
            milliseconds: 0,
            run_id: None,
        });
    }

    pub fn finish(self) -> Vec<Row> {
        self.bar.finish_and_clear();
        self.rows
    }

    async fn run(&mut self, actor: &str, command: &str, args: Value, mode: Mode) -> Result<Report> {
        let entry = self
            .program
            .catalog
            .find(command)
            .ok_or_else(|| Failure::unexpected(format!("`{command}` is no command")))?;
        if mode != Mode::Read {
            self.bar.set_message(command.to_owned());
        }
        let mut typed = Map::new();
        if let Value::Object(given) = args {
            for (name, value) in given {
                let arg = entry.spec.args.iter().find(|arg| arg.name == name);
                let arg = arg.ok_or_else(|| Failure::unexpected(format!("`{command}` has no argument `{name}`")))?;
                typed.insert(name, values::from_json(arg, value, &self.session.settings.zone.value)?);
            }
        }
        complete(&entry.spec, &mut typed, &self.session.settings.zone.value)?;
        let mut envelope = self.parent.envelope.child();
        // Two people, so that one can decide on what the other does. On the local cluster such names are claims.
        (envelope.actor, envelope.actor_kind, envelope.principal) = (actor.to_owned(), "human".to_owned(), None);
        envelope.reason = Some("quickstart".to_owned());
        let mut options = self.parent.options.clone();
        (options.yes, options.dry_run, options.input, options.fields) = (true, mode == Mode::DryRun, None, None);
        let invocation = Invocation::new(entry.clone(), typed, envelope, options);
        let started = Instant::now();
        let mut report = Box::pin(execute(self.session, self.program, invocation)).await;
        report.elapsed = started.elapsed();
        Ok(report)
    }

    fn note(&mut self, report: &Report, state: &'static str, says: String) {
        self.bar.inc(1);
        let spec = &report.command.spec;
        self.rows.push(Row {
            command: format!("dot {}", spec.code),
            state,
            says,
            milliseconds: u64::try_from(report.elapsed.as_millis()).unwrap_or(u64::MAX),
            run_id: report.run_id.map(|run| run.to_string()),
        });
    }
}

fn at(command: &str, failure: Failure) -> Failure {
    Failure { message: format!("at `dot {command}`: {}", failure.message), ..failure }
}

/// One line on what a step did.
fn says(command: &str, data: &Value, pair: Option<&Value>) -> String {
    let count = |value: &Value| value.as_array().map_or(0, Vec::len);
    let said = match command {
        "up" => data["data"].as_str().unwrap_or_default().to_owned(),
        "migrate apply" => {
            format!("{} migrations, {} functions", count(&data["migrations"]), count(&data["functions"]))
        }
        "catalog sync" => format!("{} commands, {} settings", data["commands"], data["settings"]),
        "iu import" => totals(&data["totals"]),
        "phase0 autowire" => format!("wired, {} earlier cuts backfilled", data["backfilled"]),
        "phase0 verify" => format!("{} promises kept", count(&data["checks"])),
        "proposal submit" => {
            let kind = data["kind"].as_str().unwrap_or_default();
            format!("{kind}; {}", data["missing"].as_str().unwrap_or("needs no approval"))
        }
        "proposal approve" => format!("{}; nothing is missing", data["kind"].as_str().unwrap_or_default()),
        "proposal apply" => {
            let kind = data["kind"].as_str().unwrap_or_default();
            format!("{kind}: {} → {} units, the same bytes", count(&data["before"]), count(&data["after"]))
        }
        _ if data.is_array() => format!("{} rows", count(data)),
        _ if data["ok"] == true => "ok".to_owned(),
        _ => String::new(),
    };
    match pair {
        Some(pair) if pair["verdict"] == "verified" => {
            format!("{said}; verified by dot {}", pair["command"].as_str().unwrap_or_default())
        }
        _ => said,
    }
}

fn totals(totals: &Value) -> String {
    let shown = totals.as_object().into_iter().flatten().filter(|(_, n)| n.as_u64() > Some(0));
    shown.map(|(name, n)| format!("{n} {name}")).collect::<Vec<_>>().join(", ")
}
