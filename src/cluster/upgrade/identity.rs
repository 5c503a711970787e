//! What makes a new cluster the same one to whoever knows the old.
//!
//! A dump carries neither PostgreSQL's number of the cluster nor its count of transactions. But keys are kept under the
//! number, decisions and plans name it, and events and runs are told apart by their transactions' numbers, which must not
//! come a second time. `pg_resetwal` sets that count (its manual page, `-x` and `-e`). The number is the first member of
//! `global/pg_control` in every major; `pg_resetwal` completes the file with its checksum, and the server is asked in the end.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;
use sqlx::Connection;

use super::clients::Clients;
use super::session::{connect, unreachable};
use crate::cluster::account::Account;
use crate::cluster::initdb;
use crate::cluster::whereabouts::Cluster;
use crate::failure::{At, Failure, Kind, Result};

/// Transactions in one file of the commit log. `pg_resetwal` wants a multiple of it, so that the file need not be there.
const SEGMENT: u64 = 1 << 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// PostgreSQL's system identifier.
    pub system: i64,
    /// The number of the next transaction, with its epoch in the upper half.
    pub next: u64,
}

impl Identity {
    pub async fn of(cluster: &Cluster) -> Result<Identity> {
        let mut connection = connect(cluster, "postgres").await?;
        let sql = "select system_identifier, pg_snapshot_xmax(pg_current_snapshot())::text from pg_control_system()";
        let (system, next): (i64, String) =
            sqlx::query_as(sql).fetch_one(&mut connection).await.map_err(unreachable)?;
        let _ = connection.close().await;
        let next = next.parse().map_err(|_| Failure::unexpected(format!("the next transaction is {next}")))?;
        Ok(Identity { system, next })
    }

    /// The epoch and number to go on from, beyond all that were given out. A new cluster's own are small, and must not look
    /// as if they lay ahead: so in the upper part of an epoch the next one begins.
    fn beyond(self) -> (u64, u64) {
        let (epoch, low) = (self.next >> 32, self.next & 0xffff_ffff);
        if low < 1 << 30 { (epoch, (low / SEGMENT + 2) * SEGMENT) } else { (epoch + 1, 2 * SEGMENT) }
    }

    /// Gives it to a new cluster that has been shut down.
    pub async fn give(self, data: &Path, account: &Account, clients: &Clients) -> Result<()> {
        let path = data.join("global/pg_control");
        let flags = OFlags::NOFOLLOW.bits() as i32;
        let mut file = OpenOptions::new().write(true).custom_flags(flags).open(&path);
        let written = file.as_mut().map_err(|cause| std::io::Error::from(cause.kind()));
        written
            .and_then(|file| file.write_all(&self.system.to_ne_bytes()))
            .at(|| format!("cannot write {}", path.display()))?;
        let (epoch, next) = self.beyond();
        let mut command = account.command(&clients.path("pg_resetwal"));
        command.args(["-f", "-e", &epoch.to_string(), "-x", &next.to_string(), "-D"]).arg(data);
        match initdb::run(command, None, "pg_resetwal").await? {
            (true, _) => Ok(()),
            (false, said) => Err(Failure::new(
                Kind::Unexpected,
                "pg_resetwal could not give the new cluster the number of the old one",
            )
            .detail(said)
            .hint("nothing was changed; see the detail")),
        }
    }

    /// Whether a cluster goes on where this one ended.
    pub fn is_continued_by(self, new: Identity) -> bool {
        new.system == self.system && new.next > self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transactions_go_on_beyond_those_that_were() {
        for next in [0, 800, SEGMENT, (1 << 30) - 1, 1 << 30, 0xffff_ffff, (3 << 32) + 5, (3 << 32) + 0x8000_0000] {
            let (epoch, low) = Identity { system: 1, next }.beyond();
            assert!((epoch << 32) + low > next + SEGMENT / 2, "{next}");
            // Within reach of what initdb itself has written, with the numbers that begin at 3.
            assert!(low % SEGMENT == 0 && low < (1 << 30) + 3 * SEGMENT, "{next}");
        }
    }
}
