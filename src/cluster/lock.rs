//! The one lock under which the cluster is created, started and stopped.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, chown};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::failure::{At, Failure, Kind, Result};

/// Longer than what is usually done under the lock: a fetch of server binaries on a slow line. An upgrade of much data takes
/// longer, and who waits for it is told.
const PATIENCE: Duration = Duration::from_secs(600);

/// Held until dropped. The kernel gives it back when the process dies, however it dies.
pub struct Lock {
    _file: File,
}

/// Takes the lock of a state folder, waiting for whoever has it.
///
/// Polls instead of blocking, so that Ctrl-C and the patience limit work; the holder is at work for half a second.
pub async fn take(state: &Path) -> Result<Lock> {
    let path = state.join("lock");
    let file = open(state, &path).at(|| format!("cannot open the lock {}", path.display()))?;
    let end = Instant::now() + PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) if Instant::now() < end => {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::new(
                    Kind::Unavailable,
                    format!("another process has held {} for {} minutes", path.display(), PATIENCE.as_secs() / 60),
                )
                .hint("see who has it: fuser -v on that file"));
            }
            Err(TryLockError::Error(cause)) => {
                return Err(cause).at(|| format!("cannot lock {}", path.display()));
            }
        }
    }
}

fn open(state: &Path, path: &Path) -> std::io::Result<File> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
    // Root may act on a user's state folder; the lock must stay usable for that user.
    let owner = fs::metadata(state)?;
    if file.metadata()?.uid() != owner.uid() {
        chown(path, Some(owner.uid()), Some(owner.gid()))?;
    }
    Ok(file)
}
