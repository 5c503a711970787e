//! Versioned DDL and re-creatable functions, applied in one transaction.

pub mod accounted;
pub mod apply;
pub mod bootstrap;
pub mod checks;
pub mod create;
pub mod downs;
pub mod files;
pub mod functions;
pub mod kept;
pub mod ledger;
pub mod lint;
pub mod observe;
pub mod others;
pub mod plan;
pub mod rehearse;
pub mod revert;
pub mod run;
pub mod scratch;
pub mod seen;
pub mod server;
pub mod shape;
pub mod snapshot;
pub mod statements;
pub mod text;
pub mod verify;
