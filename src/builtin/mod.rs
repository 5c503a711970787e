//! The builtins: what the client does in the place of a function, or around one. Each is one file with one
//! implementation of [`Builtin`]; a command file names it; and here they are listed.

mod actor {
    pub mod add;
}
mod audit {
    pub mod check_proof;
    pub mod export;
    pub mod keygen;
    pub mod prove;
    pub mod seal;
    pub mod verify;
}
mod backup {
    pub mod list;
    pub mod restore;
    pub mod run;
    pub mod verify;
}
mod bench {
    pub mod jobs;
}
mod catalog {
    pub mod describe;
    pub mod export;
    pub mod list;
    pub mod schema;
    pub mod search;
    pub mod skill;
}
mod cluster {
    pub mod down;
    pub mod status;
    pub mod up;
    mod verified;
}
mod context {
    pub mod add;
    pub mod list;
    pub mod remove;
    pub mod select;
    pub mod show;
}
mod dlq {
    pub mod approve;
    pub mod replay;
}
mod doctor;
mod event {
    pub mod tail;
}
mod migrate {
    pub mod accept;
    pub mod apply;
    pub mod bootstrap;
    pub mod lint;
    pub mod new;
    pub mod plan;
    pub mod revert;
    pub mod status;
    pub mod verify;
}
mod plan {
    pub mod apply;
}
mod problems;
mod program {
    pub mod check;
}
mod proposal {
    pub mod apply;
    pub mod check;
    pub mod decide;
    pub mod show;
    pub mod signed;
    pub mod submit;
}
mod quickstart;
mod quickstart_guide;
mod run {
    pub mod show;
    pub mod undo;
    pub mod watch;
}
mod worker {
    pub mod run;
}

use crate::pipeline::hooks::Builtin;

/// All of them, for [`crate::pipeline::Program`].
pub static ALL: &[&dyn Builtin] = &[
    &actor::add::Add,
    &audit::check_proof::CheckProof,
    &audit::export::Export,
    &audit::keygen::Keygen,
    &audit::prove::Prove,
    &audit::seal::Seal,
    &audit::verify::Verify,
    &backup::list::List,
    &backup::restore::Restore,
    &backup::run::Run,
    &backup::verify::Verify,
    &bench::jobs::Jobs,
    &catalog::describe::Describe,
    &catalog::export::Export,
    &catalog::list::List,
    &catalog::schema::Schema,
    &catalog::search::Search,
    &cluster::down::Down,
    &cluster::status::Status,
    &cluster::up::Up,
    &context::add::Add,
    &context::list::List,
    &context::remove::Remove,
    &context::select::Select,
    &context::show::Show,
    &dlq::approve::Approve,
    &dlq::replay::Replay,
    &doctor::Doctor,
    &event::tail::Tail,
    &migrate::accept::Accept,
    &migrate::apply::Apply,
    &migrate::bootstrap::Bootstrap,
    &migrate::lint::Lint,
    &migrate::new::New,
    &migrate::plan::Plan,
    &migrate::revert::Revert,
    &migrate::status::Status,
    &migrate::verify::Verify,
    &plan::apply::Apply,
    &problems::Problems,
    &program::check::Check,
    &proposal::apply::Apply,
    &proposal::check::Check,
    &proposal::decide::Decide,
    &proposal::show::Show,
    &proposal::signed::Signed,
    &proposal::submit::Submit,
    &quickstart::Quickstart,
    &run::show::Show,
    &run::undo::Undo,
    &run::watch::Watch,
    &worker::run::Run,
];
