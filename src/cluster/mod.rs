//! The local cluster: a private PostgreSQL server for machines where no database URL is given.
//!
//! The server belongs to the machine, not to a process: it is started by the first command that needs it and goes on
//! after that command has ended or was killed. It listens on one Unix socket in a folder only its own account (and
//! root) may enter, never on the network.
//!
//! Read in this order: [`paths`] (where things are), `account` (whose they are), `binaries` (which server), `ensure`
//! (what happens on a call), `connect`, then `initdb`, `start`, `postmaster` and `stop` for each step, and [`upgrade`]
//! for another major.
//!
//! Environment: `DOT_STATE_DIR` moves everything, `DOT_PG_MAJOR` picks a PostgreSQL major, `PG_BINDIR` names the one
//! folder of server binaries to use.

mod account;
mod advice;
pub mod backup;
mod binaries;
mod connect;
mod descriptors;
mod ensure;
mod fetch;
mod initdb;
mod lock;
mod obtain;
mod orphans;
pub mod paths;
mod pins;
mod postmaster;
mod settings;
mod start;
mod status;
mod stop;
mod unpack;
pub mod upgrade;
mod whereabouts;

pub use connect::connect;
pub use ensure::{Options, ensure_running};
pub use status::{Status, status};
pub use stop::{Stopped, stop};
pub use whereabouts::{Cluster, locate};

/// Whether the local cluster answers now. Starts and waits for nothing.
pub fn is_listening() -> crate::failure::Result<bool> {
    Ok(postmaster::answers(&locate()?))
}

/// The login name of an operating system user, or the number where it has none.
pub fn user_name(uid: u32) -> String {
    account::name(uid)
}
