//! Versioned DDL and re-creatable functions, applied in one transaction.

pub mod apply;
pub mod files;
pub mod functions;
pub mod ledger;
pub mod plan;
pub mod revert;
pub mod snapshot;

pub use apply::effect;
