//! Whether the cluster that is there has to be upgraded before it can be used, and to which major.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cluster::account::Account;
use crate::cluster::whereabouts::Cluster;
use crate::cluster::{binaries, paths, postmaster};
use crate::failure::{Failure, Kind, Result};

/// One upgrade.
#[derive(Clone, Debug, Serialize)]
pub struct Need {
    /// The major that made the data.
    pub from: u32,
    pub to: u32,
    pub data: PathBuf,
    /// What the data folder takes.
    pub bytes: u64,
    /// In words for a person.
    pub reason: String,
}

impl Need {
    /// The command that does it, without a question.
    pub fn command(&self) -> String {
        format!("dot up --upgrade --to {} --yes", self.to)
    }

    /// What it is, for the question.
    pub fn text(&self) -> String {
        format!(
            "PostgreSQL {} to {}: {} ({} MB) is dumped and restored into a new cluster, and kept\n{}",
            self.from,
            self.to,
            self.data.display(),
            self.bytes.div_ceil(1024 * 1024),
            self.reason
        )
    }
}

/// The cluster whose data is meant: of the major asked for where it has one, else the newest.
pub(super) fn source(state: &Path) -> Result<Option<(Cluster, Account)>> {
    match Cluster::existing(state)? {
        Some(there) => Ok(Some(there)),
        None => paths::existing_majors(state).last().map(|major| Cluster::at(state, *major)).transpose(),
    }
}

/// The upgrade without which the cluster cannot be used as things are: another major is asked for than made it, or its own
/// server has gone and there is a newer one. None while it runs.
pub fn needed() -> Result<Option<Need>> {
    let state = paths::state_dir()?;
    let Some((there, account)) = source(&state)? else { return Ok(None) };
    match binaries::chosen_major()? {
        Some(chosen) if chosen > there.major => {
            return Ok(Some(need(&there, chosen, format!("DOT_PG_MAJOR asks for PostgreSQL {chosen}."))));
        }
        Some(chosen) if chosen < there.major => return Ok(None),
        _ => {}
    }
    if postmaster::answers(&there) || binaries::find(Some(there.major), &account, &state).is_ok() {
        return Ok(None);
    }
    let newer = binaries::find(None, &account, &state).ok().filter(|found| found.major > there.major);
    Ok(newer.map(|found| {
        let reason = format!(
            "There is no server of PostgreSQL {0} on this machine. The upgrade needs it too, to read the old data: install it, or pass --fetch-postgres.",
            there.major
        );
        need(&there, found.major, reason)
    }))
}

/// The upgrade that a person asks for: to this major, else to the one that `DOT_PG_MAJOR` names, else to the newest that is
/// there. None where the cluster is of that major already.
///
/// `NotFound` where there is no cluster, `Refused` where that major is older or has a cluster of its own.
pub fn plan(to: Option<u32>) -> Result<Option<Need>> {
    let state = paths::state_dir()?;
    let Some((there, account)) = source(&state)? else {
        return Err(Failure::new(Kind::NotFound, "there is no local cluster to upgrade").hint("dot up makes one"));
    };
    let to = match to.or(binaries::chosen_major()?.filter(|chosen| *chosen > there.major)) {
        Some(to) if binaries::SUPPORTED.contains(&to) => to,
        Some(to) => {
            return Err(Failure::usage(format!("--to {to}: that is no supported major")).hint(format!(
                "use a number from {} to {}",
                binaries::SUPPORTED.start(),
                binaries::SUPPORTED.end()
            )));
        }
        None => binaries::find(None, &account, &state)?.major,
    };
    allowed(&state, &there, to)?;
    Ok((to != there.major).then(|| need(&there, to, String::new())))
}

/// Whether this cluster may become one of that major.
pub(super) fn allowed(state: &Path, there: &Cluster, to: u32) -> Result<()> {
    if to < there.major {
        return Err(Failure::new(
            Kind::Refused,
            format!("the local cluster was made by PostgreSQL {}, and {to} is older", there.major),
        )
        .hint("PostgreSQL restores no dump into an older major. Name a newer one with --to."));
    }
    if to > there.major && paths::existing_majors(state).contains(&to) {
        let other = paths::major_dir(state, to).join("data");
        return Err(Failure::new(
            Kind::Refused,
            format!("there is a cluster of PostgreSQL {to} already: {}", other.display()),
        )
        .hint("Use it, or move it away first."));
    }
    Ok(())
}

/// No cluster is made beside one that `DOT_PG_MAJOR` does not fit: an empty one would look like a loss.
pub fn refuse(state: &Path) -> Result<()> {
    let (Some(chosen), Some((there, _))) = (binaries::chosen_major()?, source(state)?) else { return Ok(()) };
    if chosen == there.major {
        return Ok(());
    }
    let failure = Failure::new(
        Kind::Refused,
        format!("DOT_PG_MAJOR asks for PostgreSQL {chosen}, and the local cluster was made by {}", there.major),
    )
    .detail(there.data.display().to_string());
    let or = "or unset DOT_PG_MAJOR, or set DOT_STATE_DIR to another folder for a cluster of its own";
    Err(match chosen > there.major {
        true => failure.hint(format!("Upgrade it: {}; {or}", need(&there, chosen, String::new()).command())),
        false => failure.hint(format!("It cannot go back to an older major: {}", &or[3..])),
    })
}

/// Says with a failure to find the server of a cluster that a newer one can take its data over.
pub fn advise(mut failure: Failure) -> Failure {
    if let (Some(hint), Ok(Some(need))) = (&failure.hint, needed()) {
        failure.hint = Some(format!(
            "{hint}; or upgrade the data to PostgreSQL {}, which reads it with a server of {} once: dot up --upgrade --to {0} --fetch-postgres --yes",
            need.to, need.from
        ));
    }
    failure
}

fn need(there: &Cluster, to: u32, reason: String) -> Need {
    Need { from: there.major, to, bytes: size(&there.data), data: there.data.clone(), reason }
}

/// The bytes of all files below a folder; what cannot be seen counts nothing.
pub(super) fn size(dir: &Path) -> u64 {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let of = |entry: fs::DirEntry| match entry.metadata() {
        Ok(found) if found.is_dir() => size(&entry.path()),
        Ok(found) => found.len(),
        Err(_) => 0,
    };
    entries.map(of).sum()
}
