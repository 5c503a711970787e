//! Parsing: from argv to a typed request.

pub mod complete;
pub mod help;
pub mod options;
pub mod parse;
pub mod tree;
