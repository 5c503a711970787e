//! The event stream: every event once, in key order, whatever order transactions commit in.

mod commands;
mod housekeeping;
mod model;
mod order;
mod readers;
mod restore;
mod support;
mod upgrade;
