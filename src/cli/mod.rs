//! Parsing: from argv to a typed request.

pub mod complete;
pub mod input;
pub mod options;
pub mod parse;
mod statements;
pub mod tree;
pub mod values;
