//! Connections, and the mapping of PostgreSQL's errors to [`crate::failure::Failure`].

pub mod commands;
mod denied;
pub mod errors;
pub mod listen;
pub mod literal;
pub mod pins;
pub mod query;
pub mod reach;
pub mod session;

pub use errors::from_sqlx;
pub use query::{json_rows, text_scalar};
pub use session::Session;
