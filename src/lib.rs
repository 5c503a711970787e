//! `dot` governs a PostgreSQL work platform; see README.md for the map.

pub mod documents;
pub mod failure;
pub mod markdown;
