//! What a command does before it connects to the local cluster.

use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::Path;

use super::account::{self, Account};
use super::binaries;
use super::obtain::{consent, obtain};
use super::whereabouts::Cluster;
use super::{initdb, lock, paths, postmaster, start, upgrade};
use crate::failure::{At, Failure, Kind, Result};

/// How the name of a data folder begins that a restore has put aside.
pub(super) const PUT_ASIDE: &str = "data.replaced.";

/// What the caller allows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Fetch server binaries when the machine has none (`--fetch-postgres`).
    pub fetch: bool,
    /// Ask a person whether to fetch them. Only for a terminal.
    pub ask: bool,
}

/// Brings the local cluster up, making it first where there is none. Safe to call from many processes at once.
///
/// When it runs already this takes some ten microseconds: no lock, no connection, no server binary is looked for. The
/// server is ready then; only one that is recovering from the death of a single backend may still answer `57P03` for
/// a moment.
///
/// Errors: `Unavailable` when there are no server binaries or the server does not start, `Permission` when the cluster
/// is somebody else's.
pub async fn ensure_running(options: &Options) -> Result<Cluster> {
    let state = paths::state_dir()?;
    if let Some((cluster, _)) = Cluster::existing(&state)?
        && postmaster::answers(&cluster)
    {
        return Ok(cluster);
    }
    upgrade::refuse(&state)?;
    let options = consent(options, &state)?;
    make_state_dir(&state)?;
    // The folder's own name may be reached through links, which are resolved only now that it exists.
    let state = paths::state_dir()?;
    let _lock = lock::take(&state).await?;
    upgrade::recover(&state)?;
    let (cluster, account, binaries) = match Cluster::existing(&state)? {
        Some((cluster, _)) if postmaster::answers(&cluster) => return Ok(cluster),
        Some((cluster, account)) => {
            let binaries = obtain(Some(cluster.major), &account, &state, &options).await.map_err(upgrade::advise)?;
            initdb::sweep(cluster.major_dir());
            (cluster, account, binaries)
        }
        None => {
            upgrade::refuse(&state)?;
            none_put_aside(&state)?;
            let account = Account::for_new(&state)?;
            let binaries = obtain(binaries::chosen_major()?, &account, &state, &options).await?;
            let (cluster, account) = Cluster::at(&state, binaries.major)?;
            make_major_dir(&state, &cluster, &account)?;
            initdb::create(&cluster, &account, &binaries, None).await?;
            (cluster, account, binaries)
        }
    };
    start::start(&cluster, &account, &binaries).await?;
    Ok(cluster)
}

/// A restore that was interrupted has put the data aside and nothing in its place, or somebody has taken away what an upgrade
/// put there: an empty cluster would look like a loss.
fn none_put_aside(state: &Path) -> Result<()> {
    let folders = |dir: &Path| fs::read_dir(dir).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_aside = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(PUT_ASIDE) || name.starts_with(upgrade::BEFORE)
    };
    let aside = folders(state).flat_map(|dir| folders(&dir)).filter(|path| is_aside(path)).max();
    let Some(aside) = aside else { return Ok(()) };
    let data = aside.with_file_name("data");
    Err(Failure::new(
        Kind::Refused,
        format!("there is no cluster, but the data of one was put aside: {}", aside.display()),
    )
    .hint(format!(
        "A restore was interrupted, or the data that followed it was moved. Put it back: mv {} {}; or restore again: dot backup restore",
        aside.display(),
        data.display()
    )))
}

/// Root's folder is open to pass through, because another account runs the server inside; a user's own is closed.
fn mode() -> u32 {
    if account::is_root() { 0o711 } else { 0o700 }
}

pub(super) fn make_state_dir(state: &Path) -> Result<()> {
    let made = DirBuilder::new().recursive(true).mode(mode()).create(state);
    made.at(|| format!("cannot make {}", state.display()))
        .map_err(|failure| failure.hint("set DOT_STATE_DIR to a folder that you may write to"))?;
    let found = fs::metadata(state).at(|| format!("cannot look at {}", state.display()))?;
    if account::is_root() && found.uid() == 0 && found.mode() & 0o001 == 0 {
        let opened = Permissions::from_mode(found.mode() & 0o7777 | 0o011);
        fs::set_permissions(state, opened).at(|| format!("cannot open {} to pass through", state.display()))?;
    }
    Ok(())
}

/// Stays root's own unless the whole state folder belongs to the account: what root renames and removes in it must not
/// be a trap that the server's account has set.
pub(super) fn make_major_dir(state: &Path, cluster: &Cluster, account: &Account) -> Result<()> {
    let dir = cluster.major_dir();
    let made = DirBuilder::new().recursive(true).mode(mode()).create(dir);
    made.at(|| format!("cannot make {}", dir.display()))?;
    if fs::metadata(state).is_ok_and(|found| found.uid() == account.uid) {
        account.own(dir)?;
    }
    match account.barred_at(&cluster.data).filter(|_| account.is_other()) {
        None => Ok(()),
        Some(barrier) => Err(Failure::new(
            Kind::Permission,
            format!(
                "the account {}, which runs the server for root, may not enter {}",
                account.name,
                barrier.display()
            ),
        )
        .hint("set DOT_STATE_DIR to a folder that it can reach, such as /var/lib/dot, or open that one (chmod o+x)")),
    }
}
