//! `dot` governs a PostgreSQL work platform; see README.md for the map.

pub mod cluster;
pub mod failure;
