//! Reading migrations for what goes wrong in production: squawk's rules, and the platform's own.
//!
//! A finding is accepted in the file itself, with a reason: `-- squawk-ignore RULE` on the line above the statement or
//! `-- squawk-ignore-file RULE` for squawk's rules, `-- dot-ignore RULE: reason` anywhere in the file for our own.
//! Or it is accepted for one apply, whose run keeps the reason: `--accept RULE=reason`.

mod accept;
mod finding;
mod own;
mod rules;

pub use accept::{Accepted, require};
pub use finding::{Finding, Level, files, migration, paths};
