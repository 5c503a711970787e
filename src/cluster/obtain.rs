//! The server binaries a start needs: found on the machine, or fetched where the caller allows it.

use std::path::Path;

use super::account::Account;
use super::binaries::{self, Binaries};
use super::ensure::Options;
use super::whereabouts::Cluster;
use super::{fetch, paths};
use crate::failure::Result;

/// The binaries of `wanted`, or of the newest major. To be called under the lock.
pub async fn obtain(wanted: Option<u32>, account: &Account, state: &Path, options: &Options) -> Result<Binaries> {
    match binaries::find(wanted, account, state) {
        Err(_) if options.fetch => {}
        found => return found,
    }
    let major = wanted.unwrap_or(binaries::NEWEST);
    fetch::fetch(major, &paths::cache_dir(state)).await?;
    binaries::find(Some(major), account, state)
}

/// What the caller allows, after asking a person whether missing binaries may be fetched. To be called before the lock
/// is taken, because a person takes time.
pub fn consent(options: &Options, state: &Path) -> Result<Options> {
    if options.fetch || !options.ask {
        return Ok(*options);
    }
    let (wanted, account) = match Cluster::existing(state)? {
        Some((cluster, account)) => (Some(cluster.major), account),
        None => (binaries::chosen_major()?, Account::for_new(state)?),
    };
    consent_to(options, wanted, &account, state)
}

/// The same for the binaries of one major.
pub fn consent_to(options: &Options, wanted: Option<u32>, account: &Account, state: &Path) -> Result<Options> {
    if options.fetch || !options.ask {
        return Ok(*options);
    }
    let Err(missing) = binaries::find(wanted, account, state) else {
        return Ok(*options);
    };
    let Some(what) = fetch::description(wanted.unwrap_or(binaries::NEWEST)) else {
        return Err(missing);
    };
    let place = paths::cache_dir(state);
    let question = format!("{missing}. Fetch {what} into {}?", place.display());
    match dialoguer::Confirm::new().with_prompt(question).default(true).interact_opt() {
        Ok(Some(true)) => Ok(Options { fetch: true, ask: false }),
        Ok(_) => Err(missing),
        Err(cause) => Err(missing.detail(format!("could not ask whether to fetch them: {cause}"))),
    }
}
