//! The local cluster under force: races, kills, hostile leftovers, root and ordinary users.
//!
//! Each test has a machine of its own ([`support::Machine`]): an empty home and state folder. What a user would do in
//! a shell is done in child processes, which are this test binary again in a role ([`roles`]); so they can be killed.

mod accounts;
pub mod backup;
mod binaries;
mod crashes;
mod fetching;
mod fresh;
mod orphans;
mod roles;
mod starting;
mod support;
pub mod upgrade;
