//! The only place that prints: data on stdout, all else on stderr.

pub mod audit;
pub mod document;
pub mod effects;
pub mod exact;
pub mod failure;
pub mod fields;
pub mod human;
mod layout;
pub mod migration;
mod next;
pub mod output;
pub mod progress;
pub mod proposal;
pub mod report;
pub mod run;
mod short;
pub mod table;

pub use report::report;
