//! An upgrade from its beginning to its end.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Instant;

use rustix::fs::OFlags;

use super::clients::Clients;
use super::compare::{Counted, compare};
use super::identity::Identity;
use super::need::{self, Need};
use super::work::Work;
use super::{locale, quiet, switch, transfer};
use crate::cluster::binaries::Binaries;
use crate::cluster::lock::{self, Lock};
use crate::cluster::obtain::{consent_to, obtain};
use crate::cluster::whereabouts::Cluster;
use crate::cluster::{Options, ensure, initdb, paths, postmaster, start, stop};
use crate::failure::{At, Failure, Kind, Result};

/// The old data is served to this program alone and to nobody else's purposes: no replication, no vacuum, and since 17 no
/// triggers of logins.
const OLD: [(&str, &str); 3] =
    [("max_logical_replication_workers", "0"), ("autovacuum", "off"), ("event_triggers", "off")];

/// Nothing of it is worth anything before all of it is there, and then all of it is written to disk at once.
const NEW: [(&str, &str); 4] =
    [("autovacuum", "off"), ("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off")];

/// Files of the data folder that say who may connect.
const ACCESS: [&str; 2] = ["pg_hba.conf", "pg_ident.conf"];

pub enum Began {
    /// The cluster is of that major; somebody else may have been faster.
    Already,
    Ready(Box<Upgrade>),
}

/// Both clusters run, each behind a socket of its own, and hold the same. Dropped, it leaves the old one as it was.
pub struct Upgrade {
    work: Work,
    there: Cluster,
    to: Cluster,
    servers: (Binaries, Binaries),
    was_running: bool,
    pub counted: Vec<Counted>,
    /// Settings that were made by `alter system`, which stay with the old data.
    pub left: Vec<String>,
    begun: Instant,
    _lock: Lock,
}

/// What came of it.
pub struct Done {
    pub cluster: Cluster,
    /// The old data folder, and what it takes.
    pub kept: PathBuf,
    pub bytes: u64,
    pub seconds: f64,
}

/// Makes the new cluster beside the old one, up to where it could take its place.
///
/// `Refused` where others are at work or something cannot be dumped, `Unavailable` without the programs or where the old
/// server does not start, `Mismatch` where not all arrived. The old cluster then is as it was.
pub async fn begin(need: &Need, options: &Options) -> Result<Began> {
    let begun = Instant::now();
    let state = paths::state_dir()?;
    let found = need::source(&state)?;
    let (there, account) = found.ok_or_else(|| Failure::new(Kind::NotFound, "there is no local cluster to upgrade"))?;
    let mut options = *options;
    for major in [there.major, need.to] {
        options = consent_to(&options, Some(major), &account, &state)?;
    }
    let lock = lock::take(&state).await?;
    switch::recover(&state)?;
    let found = need::source(&state)?;
    let (there, account) = found.ok_or_else(|| Failure::new(Kind::NotFound, "there is no local cluster to upgrade"))?;
    if there.major == need.to {
        return Ok(Began::Already);
    }
    need::allowed(&state, &there, need.to)?;
    let servers = (
        obtain(Some(there.major), &account, &state, &options).await?,
        obtain(Some(need.to), &account, &state, &options).await?,
    );
    let clients = Clients::find(&servers.1, &account, &state)?;
    let was_running = postmaster::answers(&there);
    if was_running {
        quiet::nobody(&there).await?;
    }
    let (to, _) = Cluster::at(&state, need.to)?;
    let work = Work::make(&state, &there, &account, need.to)?;
    let left = system_settings(&there.data);
    stop::under_lock(&there).await?;
    let mut upgrade = Upgrade { work, there, to, servers, was_running, counted: Vec::new(), left, begun, _lock: lock };
    match upgrade.fill(&clients).await {
        Ok(counted) => {
            upgrade.counted = counted;
            Ok(Began::Ready(Box::new(upgrade)))
        }
        Err(failure) => {
            let failure = explained(failure, &start::tail(&upgrade.work.new.log, 0), need);
            upgrade.give_up().await;
            Err(failure)
        }
    }
}

/// With what the new server said last, whose log goes with it.
fn explained(mut failure: Failure, log: &str, need: &Need) -> Failure {
    let said = format!("{} {}", failure.detail.as_ref().map(ToString::to_string).unwrap_or_default(), log);
    if failure.detail.is_none() && !log.is_empty() {
        failure = failure.detail(log);
    }
    if said.contains("No space left on device") {
        let megabytes = need.bytes.div_ceil(1024 * 1024);
        return failure.hint(format!(
            "nothing was changed: the disk is full. The old data stays, so that an upgrade needs about as much again ({megabytes} MB)"
        ));
    }
    failure
}

impl Upgrade {
    /// The old cluster, while both run; and the one that its data was restored into.
    pub fn old(&self) -> &Cluster {
        &self.work.old
    }

    pub fn restored(&self) -> &Cluster {
        &self.work.new
    }

    async fn fill(&self, clients: &Clients) -> Result<Vec<Counted>> {
        let Work { old, new, account, .. } = &self.work;
        start::start_with(old, account, &self.servers.0, since_17(&OLD, old.major)).await?;
        quiet::whole(old).await?;
        let like = locale::of(old).await?;
        initdb::create(new, account, &self.servers.1, Some(&like)).await?;
        for name in ACCESS {
            copy(&old.data.join(name), &new.data.join(name))?;
        }
        Identity::of(old).await?.give(&new.data, account, clients).await?;
        // Elsewhere than on Linux each file is written to disk by itself.
        let settings = if cfg!(target_os = "linux") { &NEW[..] } else { &NEW[..1] };
        start::start_with(new, account, &self.servers.1, settings).await?;
        transfer::transfer(&self.work, clients).await?;
        transfer::analyze(new).await?;
        compare(&self.work).await
    }

    /// The new cluster takes the place of the old one and is started there.
    pub async fn finish(self) -> Result<Done> {
        let state = paths::state_dir()?;
        let put = async {
            stop::under_lock(&self.work.new).await?;
            stop::under_lock(&self.work.old).await?;
            initdb::sync_all(&self.work.new.data)?;
            ensure::make_major_dir(&state, &self.to, &self.work.account)?;
            switch::switch(&self.there, &self.work.new.data, &self.to)
        };
        let kept = match put.await {
            Ok(kept) => kept,
            Err(failure) => {
                self.give_up().await;
                return Err(failure);
            }
        };
        let started = start::start(&self.to, &self.work.account, &self.servers.1).await;
        started.map_err(|failure| failure.hint("The upgrade was made; go back with dot up --revert"))?;
        let bytes = need::size(&kept);
        Ok(Done { cluster: self.to, kept, bytes, seconds: self.begun.elapsed().as_secs_f64() })
    }

    /// Takes everything away that was made, and starts the old server where it ran.
    pub async fn give_up(self) {
        let _ = stop::under_lock(&self.work.old).await;
        let Upgrade { work, there, servers, was_running, .. } = &self;
        if *was_running {
            let _ = start::start(there, &work.account, &servers.0).await;
        }
    }
}

/// Without the last where the server does not know it yet.
fn since_17<'a>(settings: &'a [(&'a str, &'a str)], major: u32) -> &'a [(&'a str, &'a str)] {
    if major >= 17 { settings } else { &settings[..settings.len() - 1] }
}

/// Who may connect goes on as before.
fn copy(from: &Path, to: &Path) -> Result<()> {
    let flags = OFlags::NOFOLLOW.bits() as i32;
    let text = OpenOptions::new().read(true).custom_flags(flags).open(from).and_then(std::io::read_to_string);
    let text = text.at(|| format!("cannot read {}", from.display()))?;
    let file = OpenOptions::new().write(true).truncate(true).custom_flags(flags).open(to);
    file.and_then(|mut file| file.write_all(text.as_bytes())).at(|| format!("cannot write {}", to.display()))
}

/// The names of what `alter system` has set.
fn system_settings(data: &Path) -> Vec<String> {
    let text = fs::read_to_string(data.join("postgresql.auto.conf")).unwrap_or_default();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| Some(line.split_once('=')?.0.trim().to_owned())).collect()
}
