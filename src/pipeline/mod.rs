//! The one way a command runs: begin ─► transaction(call → measure → finish) ─► pair.

pub mod audit_args;
pub mod begin;
pub mod call;
pub mod cancel;
pub mod confirm;
pub mod ending;
pub mod execute;
pub mod explain;
pub mod hooks;
pub mod ids;
pub mod images;
pub mod invocation;
pub mod mutate;
pub mod pair;
pub mod perform;
pub mod plan;
mod preview;
pub mod program;
pub mod propose;
pub mod read;
pub mod refusal;
pub mod warnings;
pub mod written;

pub use execute::execute;
pub use invocation::{Invocation, Outcome, Report, Server};
pub use program::Program;
pub use written::Written;
