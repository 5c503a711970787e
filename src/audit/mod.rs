//! The tamper-evident log over the audit: signed, verified, exported and proved from outside the database.
//!
//! The database appends and keeps (`fn_audit_*`); the key and what was signed with it stay here.

pub mod check;
pub mod entry;
pub mod export;
pub mod findings;
pub mod keys;
pub mod log;
pub mod note;
pub mod objects;
pub mod proof;
pub mod seal;
pub mod store;
pub mod tree;
pub mod verify;
