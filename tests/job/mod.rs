//! Jobs under real concurrency: every claim that the functions of jobs make, with connections and processes that race.
//!
//! With `DOT_TEST_POOLER=1` all of it goes through pgbouncer in transaction mode, which must be installed.

mod alone;
mod chaos;
mod claims;
pub mod executors;
mod fencing;
mod limits;
pub mod line;
mod locks;
mod poison;
mod reach;
mod schedules;
mod sets;
mod stress;
mod workers;
