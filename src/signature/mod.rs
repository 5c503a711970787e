//! Decisions that are signed with an SSH key of the reviewer's own (SSHSIG), as git signs commits.
//!
//! The database says what is signed and keeps it; only here is anything signed or verified: when a decision is made, before
//! a proposal is applied, in checks, and without any database in a proof.

pub mod agent;
pub mod approval;
pub mod decisions;
pub mod key;
pub mod sign;
pub mod signers;
pub mod statement;
pub mod verify;

/// What a signature is for: one made for anything else is none for us.
pub const NAMESPACE: &str = "dot-approval";
