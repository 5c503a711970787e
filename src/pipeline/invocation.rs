//! What goes into the pipeline and what comes out of it.

use std::time::Duration;

use serde_json::{Map, Value, json};
use sqlx::postgres::PgConnectOptions;
use uuid::Uuid;

use super::Written;
use super::images::RowImage;
use super::plan::Plan;
use crate::catalog::spec::{Format, Risk};
use crate::catalog::{CommandSpec, Entry};
use crate::envelope::{Envelope, Mode};
use crate::failure::{Failure, Kind};
use crate::settings::Options;

/// How to reach the database once more. It may hold a password, so nothing prints it.
#[derive(Clone)]
pub struct Server(pub PgConnectOptions);

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Server")
    }
}

/// One request to run one command.
#[derive(Clone, Debug)]
pub struct Invocation {
    pub command: Entry,
    pub args: Map<String, Value>,
    pub envelope: Envelope,
    pub mode: Mode,
    pub options: Options,
    /// The plan being applied, in [`Mode::PlanApply`].
    pub plan: Option<Plan>,
    /// The run that this one takes back.
    pub undo_of: Option<Uuid>,
    /// The proposal that this run carries out.
    pub proposal: Option<Uuid>,
    /// The risk of what is carried out, where it is not that of the command.
    pub risk: Option<Risk>,
    /// What is at stake, for the question, where the arguments do not say it.
    pub stakes: Option<String>,
    /// For what has to look at the database from outside its own transaction, where the pipeline opened that.
    pub server: Option<Server>,
    /// Which try of its transaction this is, from 1.
    pub attempt: u32,
    /// The database knows of this run, so that its id can be quoted.
    pub recorded: bool,
    /// What is wrong with the settings files, which a command of this machine does without.
    pub unusable: Option<Failure>,
}

impl Invocation {
    pub fn new(command: Entry, args: Map<String, Value>, envelope: Envelope, options: Options) -> Self {
        let mode = match (command.spec.mutating, options.dry_run) {
            (false, _) => Mode::Read,
            (true, true) => Mode::DryRun,
            (true, false) => Mode::Run,
        };
        Invocation {
            command,
            args,
            envelope,
            mode,
            options,
            plan: None,
            undo_of: None,
            proposal: None,
            risk: None,
            stakes: None,
            server: None,
            attempt: 1,
            recorded: false,
            unusable: None,
        }
    }

    pub fn code(&self) -> &str {
        &self.command.spec.code
    }

    /// The argument of this name, where it is given and is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.args.get(name).and_then(Value::as_str)
    }

    /// The envelope as `fn_command_begin` takes it.
    pub fn envelope_json(&self) -> Value {
        let mut envelope = self.envelope.to_json(self.mode, &self.command.digest);
        envelope["attempt"] = json!(self.attempt);
        if let Some(plan) = &self.plan {
            envelope["plan_digest"] = json!(plan.digest);
            envelope["plan"] = plan.bound.clone();
            envelope["plan_database"] = plan.database.clone();
            envelope["plan_expires_at"] = json!(plan.expires_at);
        }
        if let Some(undone) = self.undo_of {
            envelope["undo_of"] = json!(undone);
        }
        if let Some(proposal) = self.proposal {
            envelope["proposal_id"] = json!(proposal);
        }
        envelope
    }

    /// Whether its rehearsal is kept: as a plan file, or as the payload of a proposal.
    pub fn keeps_plan(&self) -> bool {
        self.mode == Mode::DryRun && (self.options.plan_out.is_some() || self.options.propose)
    }
}

/// What a command that ran has to show.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Rows as an array, or one object.
    pub data: Value,
    /// What is shown with it and kept nowhere.
    pub once: Value,
    pub effects: Option<Value>,
    /// `{command, verdict: verified|differs|failed, data}`.
    pub pair: Option<Value>,
    pub images: Option<Vec<RowImage>>,
    pub plan: Option<Plan>,
    pub replayed: bool,
    /// What single members of rows were as they were written, where a value cannot say it.
    pub written: Vec<Written>,
    /// Where the next page of a list starts.
    pub next_cursor: Option<String>,
    /// What whoever acts should know though nothing was refused.
    pub warnings: Vec<String>,
    /// Printed already, or to be printed as it stands (help texts, followed output).
    pub text: Option<String>,
}

impl Outcome {
    pub fn of(data: Value) -> Self {
        Outcome { data, ..Outcome::default() }
    }

    /// A command may have run and still not be well: a check that differs, a part that failed, a pair that disagrees.
    pub fn shortfall(&self, spec: &CommandSpec) -> Option<Failure> {
        let is_red = |row: &Value| {
            spec.columns.iter().any(|column| column.format == Format::Health && row[column.name.as_str()] == "red")
        };
        if self.data["ok"] == false || self.data.as_array().is_some_and(|rows| rows.iter().any(is_red)) {
            return Some(
                Failure::new(Kind::Differs, "the check found differences").hint("The result names each of them."),
            );
        }
        if spec.mutating && self.data["partial"] == true {
            return Some(
                Failure::new(Kind::Partial, "some items were done, others were not")
                    .hint("The result names each of them."),
            );
        }
        let pair = self.pair.as_ref()?;
        (pair["verdict"] != "verified").then(|| {
            Failure::new(
                Kind::Differs,
                format!(
                    "the change was made, but `dot {}` does not confirm it",
                    pair["command"].as_str().unwrap_or("its pair")
                ),
            )
            .detail(pair.clone())
        })
    }
}

/// An invocation's end, ready to be rendered.
#[derive(Clone, Debug)]
pub struct Report {
    pub command: Entry,
    /// None where the database has no row of this invocation.
    pub run_id: Option<Uuid>,
    pub trace_id: String,
    pub mode: Mode,
    pub elapsed: Duration,
    /// How the times among its arguments were understood, with their offsets.
    pub times: Map<String, Value>,
    pub result: Result<Outcome, Failure>,
}

impl Report {
    /// The failure to report, be it of the run or of what the run found.
    pub fn failure(&self) -> Option<Failure> {
        match &self.result {
            Ok(outcome) => outcome.shortfall(&self.command.spec),
            Err(failure) => Some(failure.clone()),
        }
    }
}
