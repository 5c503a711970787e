//! Proposals, approvals and policies, attacked: every row of the threat table is tried for real.

mod agent;
mod delegation;
mod eyes;
mod faults;
mod identity;
mod kinds;
mod levels;
mod model;
mod numbers;
mod own;
mod policies;
mod prompts;
mod protocol;
mod schema;
mod signed;
mod sql;
pub mod stage;
mod threats;
