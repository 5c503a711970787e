//! The operating-system account that owns the cluster and runs its server.
//!
//! PostgreSQL refuses to run as root. Root therefore runs it as the owner of the data or of the folder it is to be in,
//! else as `postgres`, else as `nobody`. Everyone else runs it as themselves.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{At, Failure, Kind, Result};

/// Who runs the server.
#[derive(Clone, Debug)]
pub struct Account {
    pub uid: u32,
    pub gid: u32,
    /// For messages: the login name, or the number where there is none.
    pub name: String,
}

/// Whether this process acts as root.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

impl Account {
    /// The account for the cluster at `data`, which need not exist. Fails when the data is somebody else's.
    pub fn of(data: &Path) -> Result<Account> {
        let euid = rustix::process::geteuid().as_raw();
        match fs::metadata(data) {
            Ok(found) if found.uid() == euid || (is_root() && found.uid() != 0) => {
                Ok(Account { uid: found.uid(), gid: found.gid(), name: name(found.uid()) })
            }
            Ok(found) => {
                let (owner, me) = (name(found.uid()), name(euid));
                Err(Failure::new(
                    Kind::Permission,
                    format!("the local cluster {} belongs to {owner}, and you are {me}", data.display()),
                )
                .hint(format!("set DOT_STATE_DIR to a folder of your own, or run as {owner}")))
            }
            Err(cause) if cause.kind() == std::io::ErrorKind::PermissionDenied => {
                Err(cause).at(|| format!("cannot look at the local cluster {}", data.display()))
            }
            // STATE/pg15/data
            Err(_) => Account::for_new(data.ancestors().nth(2).unwrap_or(data)),
        }
    }

    /// The account for a cluster that is yet to be made in a state folder. Root makes one for the owner of that folder,
    /// so that `sudo` does not lock a user out of it.
    pub fn for_new(state: &Path) -> Result<Account> {
        if !is_root() {
            let (uid, gid) = (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw());
            return Ok(Account { uid, gid, name: name(uid) });
        }
        if let Some(found) = fs::metadata(state).ok().filter(|found| found.uid() != 0) {
            return Ok(Account { uid: found.uid(), gid: found.gid(), name: name(found.uid()) });
        }
        let users = passwd();
        let user = ["postgres", "nobody"].iter().find_map(|name| users.iter().find(|user| user.name == *name));
        user.map(|user| Account { uid: user.uid, gid: user.gid, name: user.name.clone() }).ok_or_else(|| {
            Failure::new(Kind::NotFound, "PostgreSQL refuses to run as root, and there is no account to run it as")
                .hint("add one (useradd --system postgres), or run dot as an ordinary user")
        })
    }

    /// Whether the server runs under another account than this process.
    pub fn is_other(&self) -> bool {
        self.uid != rustix::process::geteuid().as_raw()
    }

    /// A command that runs as this account with an environment that is the same for every caller.
    ///
    /// `LC_ALL=C` keeps the server's early messages in English, which the start looks for, and macOS refuses to start
    /// a server without a valid locale.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("LC_ALL", "C").current_dir("/");
        if self.is_other() {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Makes this account the owner of `path`, which this process has made or owns.
    pub fn own(&self, path: &Path) -> Result<()> {
        if !self.is_other() {
            return Ok(());
        }
        chown(path, Some(self.uid), Some(self.gid))
            .at(|| format!("cannot give {} to the account {}", path.display(), self.name))
    }

    /// The first folder on the way to `path` that this account may not enter. Access lists are not looked at.
    pub fn barred_at<'a>(&self, path: &'a Path) -> Option<&'a Path> {
        let mut ancestors: Vec<&Path> = path.ancestors().skip(1).collect();
        ancestors.reverse();
        ancestors.into_iter().find(|dir| match fs::metadata(dir) {
            Ok(found) => {
                let bit = match (found.uid() == self.uid, found.gid() == self.gid) {
                    (true, _) => 0o100,
                    (_, true) => 0o010,
                    _ => 0o001,
                };
                found.mode() & bit == 0
            }
            Err(_) => false,
        })
    }
}

/// The home folder of a user, from the password file.
pub fn home(uid: u32) -> Option<PathBuf> {
    passwd().into_iter().find(|user| user.uid == uid).map(|user| user.home)
}

/// The login name of a user, or the number.
pub fn name(uid: u32) -> String {
    passwd().into_iter().find(|user| user.uid == uid).map_or_else(|| uid.to_string(), |user| user.name)
}

struct User {
    name: String,
    uid: u32,
    gid: u32,
    home: PathBuf,
}

/// The password file alone: the accounts asked for here are system accounts, which directory services do not hold.
fn passwd() -> Vec<User> {
    let text = fs::read_to_string("/etc/passwd").unwrap_or_default();
    text.lines().filter_map(user).collect()
}

fn user(line: &str) -> Option<User> {
    let mut fields = line.split(':');
    let name = fields.next()?.to_owned();
    let uid = fields.nth(1)?.parse::<i64>().ok()?;
    let gid = fields.next()?.parse::<i64>().ok()?;
    let home = PathBuf::from(fields.nth(1)?);
    // macOS writes the number of `nobody` as -2.
    Some(User { name, uid: uid as u32, gid: gid as u32, home })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_line_is_read() {
        let user = user("postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash").unwrap();
        assert_eq!((user.name.as_str(), user.uid, user.gid), ("postgres", 101, 104));
        assert_eq!(user.home, Path::new("/var/lib/postgresql"));
    }

    #[test]
    fn a_negative_number_wraps_and_a_comment_is_no_user() {
        assert_eq!(user("nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false").unwrap().uid, u32::MAX - 1);
        assert!(user("# User Database").is_none());
    }
}
