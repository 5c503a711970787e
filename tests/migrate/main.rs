//! Migrations: fresh equals upgraded, what goes up comes down, a plan writes nothing, drift and risk are named, and a
//! killed or repeated apply does no harm.

#[path = "../common/mod.rs"]
mod common;

mod apply;
mod concurrency;
mod lint;
mod plan;
mod revert;
mod schema;
mod support;
mod verify;
