//! The options that commands share; no argument may be called like one. See `cli/options.rs`, whose tests hold the two together.

/// Of every command, but `input`.
pub const GLOBAL: [&str; 19] = [
    "output",
    "json",
    "fields",
    "context",
    "database-url",
    "no-input",
    "quiet",
    "verbose",
    "explain",
    "color",
    "timeout",
    "lock-timeout",
    "actor",
    "actor-kind",
    "principal",
    "correlation-id",
    "commands",
    "fetch-postgres",
    "help",
];

/// Of what changes the platform.
pub const MUTATION: [&str; 8] =
    ["dry-run", "plan-out", "show-rows", "propose", "yes", "confirm", "reason", "idempotency-key"];

/// Of what acts on this machine alone and is confirmed.
pub const ASKED: [&str; 1] = ["yes"];

/// Of what takes times.
pub const TIMES: [&str; 1] = ["zone"];

/// Of what lists rows.
pub const LIST: [&str; 3] = ["limit", "cursor", "all"];
