//! Numbers are exact: what was written is what arrives, to the last digit and zero.

mod payloads;
mod query;
