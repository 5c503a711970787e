//! `dot` governs a PostgreSQL work platform; see README.md for the map.

pub mod arguments;
pub mod audit;
pub mod builtin;
pub mod catalog;
pub mod cli;
pub mod cluster;
pub mod connect;
pub mod database;
pub mod decimal;
pub mod documents;
pub mod envelope;
pub mod failure;
pub mod files;
pub mod hex;
pub mod hints;
pub mod json;
pub mod markdown;
pub mod migrate;
pub mod pipeline;
pub mod render;
pub mod settings;
pub mod signature;
pub mod telemetry;
pub mod terminal;
pub mod worker;
