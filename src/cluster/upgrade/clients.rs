//! The programs of a major that dump, restore, and set a cluster's counters.

use std::path::{Path, PathBuf};

use crate::cluster::account::Account;
use crate::cluster::advice;
use crate::cluster::binaries::{self, Binaries};
use crate::failure::{Failure, Kind, Result};

/// `pg_resetwal` comes with a server, the others with its client programs.
const PROGRAMS: [&str; 5] = ["pg_dumpall", "pg_dump", "pg_restore", "psql", "pg_resetwal"];

/// Where each of them is.
#[derive(Clone, Debug)]
pub struct Clients(Vec<(&'static str, PathBuf)>);

impl Clients {
    /// Beside the server, or in another folder of the same major. `Unavailable` where one is nowhere.
    pub fn find(server: &Binaries, account: &Account, state: &Path) -> Result<Clients> {
        let mut dirs = vec![server.bindir.clone()];
        dirs.extend(binaries::candidates(state));
        let place = |program: &'static str| {
            let fits = |path: &PathBuf| path.is_file() && major(path, account) == Some(server.major);
            let mut paths = dirs.iter().map(|dir| dir.join(program));
            paths.find(fits).map(|path| (program, path)).ok_or(program)
        };
        let (found, missing): (Vec<_>, Vec<_>) = PROGRAMS.into_iter().map(place).partition(Result::is_ok);
        if missing.is_empty() {
            return Ok(Clients(found.into_iter().flatten().collect()));
        }
        let names: Vec<&str> = missing.into_iter().filter_map(Result::err).collect();
        let mut failure = Failure::new(
            Kind::Unavailable,
            format!(
                "the upgrade needs {} of PostgreSQL {}, which this machine has not",
                names.join(", "),
                server.major
            ),
        )
        .hint(format!("nothing was changed; install them: {}", advice::client_command(server.major)))
        .detail(format!("looked beside {}", server.bindir.display()));
        failure.retryable = false;
        Err(failure)
    }

    pub fn path(&self, program: &str) -> PathBuf {
        let found = self.0.iter().find(|(name, _)| *name == program);
        found.map_or_else(|| PathBuf::from(program), |(_, path)| path.clone())
    }
}

/// What a program says it is of: `pg_dump (PostgreSQL) 18.4`.
fn major(program: &Path, account: &Account) -> Option<u32> {
    let output = account.command(program).arg("--version").output().ok().filter(|output| output.status.success())?;
    binaries::version(&String::from_utf8_lossy(&output.stdout)).map(|(major, _)| major)
}
