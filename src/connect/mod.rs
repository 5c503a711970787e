//! Where and how to connect, as libpq reads it: connection strings, service files, variables, password files, certificates.
//!
//! A [`Plan`] comes out of it, with sqlx's options for each attempt. Nothing is passed over: a keyword is honoured, or asks for
//! nothing, or is refused by its name. docs/connections.md is the table for users.

mod hosts;
pub mod keywords;
mod passfile;
mod plan;
mod said;
mod service;
mod startup;
#[cfg(test)]
mod tests;
mod text;
mod tls;

pub use plan::{Plan, Server, Wanted};
pub use said::{Said, Surroundings};
pub use text::{parse, redacted};
