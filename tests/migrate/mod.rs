//! Migrations: fresh equals upgraded, what goes up comes down, a plan writes nothing, drift and risk are named, and a
//! killed or repeated apply does no harm.

mod apply;
mod concurrency;
mod evidence;
mod exact;
mod files;
mod lint;
mod noise;
mod own;
mod own_dir;
mod own_files;
mod plan;
mod revert;
mod schema;
pub mod support;
mod verify;
