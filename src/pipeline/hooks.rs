//! What a builtin may do at each point of a run.
//!
//! The pipeline knows no command by its name. A command file names the builtin that stands in for a function (`builtin`), or
//! that does something around it (`hooks`); whoever starts the pipeline hands over the builtins there are.

use futures_util::future::LocalBoxFuture;
use serde_json::Value;
use sqlx::postgres::PgConnection;

use super::{Invocation, Outcome, Program};
use crate::database::Session;
use crate::failure::{Failure, Result};

pub type Work<'a, T> = LocalBoxFuture<'a, Result<T>>;

/// One builtin. Each point of a run has a default, which is that nothing special happens there.
pub trait Builtin: Sync {
    /// How command files name it: `context.add` lies in `src/builtin/context/add.rs`.
    fn name(&self) -> &'static str;

    /// First of all: the command stands for another invocation, by which it replaces this one.
    fn stand_for<'a>(&self, _: &'a mut Session, _: &'a Program, _: &'a mut Invocation) -> Work<'a, ()> {
        done(Ok(()))
    }

    /// Then, unless the invocation is only to be proposed: asks for arguments that are missing, or finds them out.
    fn ask<'a>(&self, _: &'a mut Session, _: &'a Program, _: &'a mut Invocation) -> Work<'a, ()> {
        done(Ok(()))
    }

    /// All of a command without a function that reads only or is local.
    fn run<'a>(&self, _: &'a mut Session, _: &'a Program, _: &'a Invocation) -> Work<'a, Outcome> {
        done(Err(Failure::unexpected(format!("builtin {} is not run by itself", self.name()))))
    }

    /// How a mutation is done on a database without a platform; none where it cannot be done there.
    fn without_platform<'a>(&self, _: &'a mut Session, _: &'a Invocation) -> Option<Work<'a, Outcome>> {
        None
    }

    /// Whether its effect alters the schema. PostgreSQL refuses to alter the audit's own table once a constraint of the
    /// transaction waits on it; so such a run enters after its effect, and is measured from the start of the transaction.
    /// And it gives its place in the queue for a lock up after `--lock-timeout`, so that those behind it get on, and comes
    /// back.
    fn alters_schema(&self) -> bool {
        false
    }

    /// In the effect's transaction, before its function is called: steps that only the caller's own rights allow.
    fn prepare<'a>(&self, _: &'a mut PgConnection, _: &'a Invocation) -> Work<'a, ()> {
        done(Ok(()))
    }

    /// The effect of the transaction, for a mutation without a function.
    fn effect<'a>(&self, _: &'a mut PgConnection, _: &'a Invocation) -> Work<'a, Value> {
        done(Err(Failure::unexpected(format!("builtin {} has no effect on the database", self.name()))))
    }

    /// After a read by its function: what only the client can add to it.
    fn seen<'a>(&self, _: &'a mut Session, _: &'a Invocation, outcome: Outcome) -> Work<'a, Outcome> {
        done(Ok(outcome))
    }

    /// After the commit, or the rehearsal: what it leaves on this machine.
    fn committed(&self, _: &Invocation, _: &Outcome) -> Result<()> {
        Ok(())
    }

    /// Whether the program becomes a process of its own kind once the effect is committed.
    fn hosts(&self) -> bool {
        false
    }

    /// That process, until it has ended or is told to stop. It holds no transaction: what it does it does in short ones of
    /// its own, and the run that began it has already succeeded.
    fn host<'a>(&self, _: &'a mut Session, _: &'a Program, _: &'a Invocation, outcome: Outcome) -> Work<'a, Outcome> {
        done(Ok(outcome))
    }

    /// The result as a person wants to see it, where a plain table would not do it justice.
    fn draw(&self, _: &Value, _: Picture) -> Option<String> {
        None
    }

    /// Whether that is for a program to read, so that no line of it may be broken for a narrow terminal.
    fn draws_statements(&self) -> bool {
        false
    }
}

/// How a result is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Picture {
    pub color: bool,
    pub verbose: bool,
}

/// Work that is done already.
pub fn done<'a, T: 'a>(result: Result<T>) -> Work<'a, T> {
    Box::pin(std::future::ready(result))
}

/// The builtin of the commands that name none.
pub(super) struct Plain;

impl Builtin for Plain {
    fn name(&self) -> &'static str {
        "none"
    }
}
