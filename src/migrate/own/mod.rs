//! Migrations of a team's own, beside the platform's: what is particular to them.

pub mod ledger;
pub mod needs;
pub mod outside;
mod pending;
pub mod schema;
pub mod verify;
mod written;
