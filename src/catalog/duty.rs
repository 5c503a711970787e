//! Duties: what the platform's own rules know commands by, instead of by their names.

use serde::{Deserialize, Serialize};

/// One duty. Only commands of the program have any; SQL asks for them by `fn_command_with`.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Brings a database up to date: an owner may run it where the catalogue is empty or another one.
    Bootstrap,
    /// Leaves the catalogue as its outcome says.
    SyncCatalog,
    /// Leaves the schema as its outcome says.
    AlterSchema,
    /// Changes a setting, and is as risky as that one.
    SetSetting,
    /// Declares, ends or reviews an emergency, also while changes are frozen.
    AnswerEmergency,
    /// Only proposes: at any risk an agent may, for nothing comes of it without people.
    Propose,
    /// The one that `--propose` turns a command into.
    Submit,
    /// Decides on a proposal.
    Decide,
    /// Takes a decision back.
    RevokeDecision,
    /// Registers a key with which someone signs decisions.
    AddKey,
    /// Revokes such a key.
    RevokeKey,
    /// Carries out a proposal of any kind, which it judges itself.
    ApplyProposal,
    /// Carries out a proposal of an entry of a registry.
    ApplyEntry,
    /// Moves an entry of a registry through its lifecycle.
    MoveEntry,
    /// Runs statements, and keeps images of the rows that they change.
    ExecSql,
    /// Brings such rows back.
    RestoreSql,
    /// Has a job made of its payload, and is as risky as the command in it.
    Enqueue,
    /// Sets off what waits: jobs, a schedule, the end of a batch; and is as risky as that.
    SetOff,
    /// Starts a worker.
    StartWorker,
    /// Seals the audit and signs the log.
    Seal,
    /// Recomputes the log and compares it with what it tells of.
    VerifyAudit,
    /// Takes a backup of the cluster.
    BackUp,
    /// Shows units as text: an evidence of their use.
    RenderUnits,
    /// Searches units: an evidence of their use.
    SearchUnits,
}

impl Duty {
    /// Whether it is of commands that read, and not of those that change something.
    pub const fn is_of_reads(self) -> bool {
        matches!(self, Duty::RenderUnits | Duty::SearchUnits | Duty::VerifyAudit)
    }

    /// Whether one command has it, and no other.
    pub const fn is_single(self) -> bool {
        matches!(
            self,
            Duty::SyncCatalog
                | Duty::SetSetting
                | Duty::Submit
                | Duty::ApplyProposal
                | Duty::ApplyEntry
                | Duty::ExecSql
                | Duty::RestoreSql
                | Duty::VerifyAudit
                | Duty::BackUp
        )
    }
}
