//! Finds the server binaries: one folder that holds `postgres` and `initdb` of a supported major.

use std::env;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::account::Account;
use super::{advice, paths};
use crate::failure::{Failure, Kind, Result};

/// The PostgreSQL majors that the platform is tested on.
pub const SUPPORTED: RangeInclusive<u32> = 14..=NEWEST;

/// The major that is taken when nothing else decides.
pub const NEWEST: u32 = 18;

/// Server binaries that the account can run.
#[derive(Clone, Debug)]
pub struct Binaries {
    pub bindir: PathBuf,
    pub major: u32,
    /// As the server says it, for example `15.18`.
    pub version: String,
}

/// The major asked for with `DOT_PG_MAJOR`.
pub fn chosen_major() -> Result<Option<u32>> {
    let Some(text) = paths::set("DOT_PG_MAJOR") else {
        return Ok(None);
    };
    match text.to_str().and_then(|text| text.parse().ok()).filter(|major| SUPPORTED.contains(major)) {
        Some(major) => Ok(Some(major)),
        None => Err(Failure::usage(format!("DOT_PG_MAJOR is {}, which is no supported major", text.display()))
            .hint(format!("use a number from {} to {}", SUPPORTED.start(), SUPPORTED.end()))),
    }
}

/// The binaries of `wanted`, or of the newest supported major when none is wanted.
///
/// Looked for in `PG_BINDIR` when it is set, else where `pg_config` points, in the usual folders and on `PATH`; and in
/// the cache of fetched binaries in any case. Each candidate is run once (about 8 ms).
pub fn find(wanted: Option<u32>, account: &Account, state: &Path) -> Result<Binaries> {
    let mut seen = Vec::new();
    let mut rejected = Vec::new();
    let mut best: Option<Binaries> = None;
    for dir in candidates(state) {
        let Ok(postgres) = fs::canonicalize(dir.join("postgres")) else {
            continue;
        };
        let Some(bindir) = postgres.parent().map(Path::to_path_buf) else {
            continue;
        };
        if seen.contains(&bindir) {
            continue;
        }
        seen.push(bindir.clone());
        match probe(&bindir, account) {
            Ok(found) if wanted == Some(found.major) => return Ok(found),
            Ok(found) if wanted.is_some() || !SUPPORTED.contains(&found.major) => {
                rejected.push(format!("{} is PostgreSQL {}", found.bindir.display(), found.version));
            }
            Ok(found) => {
                if best.as_ref().is_none_or(|best| found.major > best.major) {
                    best = Some(found);
                }
            }
            Err(reason) => rejected.push(format!("{}: {reason}", bindir.display())),
        }
    }
    best.ok_or_else(|| missing(wanted, &rejected, state))
}

fn missing(wanted: Option<u32>, rejected: &[String], state: &Path) -> Failure {
    let what = match wanted {
        Some(major) => format!("no PostgreSQL {major} server binaries found"),
        None => format!(
            "no PostgreSQL server binaries found (versions {} to {} are supported)",
            SUPPORTED.start(),
            SUPPORTED.end()
        ),
    };
    let existing = wanted.filter(|major| paths::existing_majors(state).contains(major));
    let why = existing.map(|major| format!("; the local cluster was made by PostgreSQL {major} and needs them"));
    let mut failure = Failure::new(Kind::Unavailable, what + &why.unwrap_or_default()).hint(format!(
        "install them ({}), or get a private copy with --fetch-postgres, or point PG_BINDIR or DATABASE_URL \
         to what you have",
        advice::install_command()
    ));
    failure.retryable = false;
    if rejected.is_empty() { failure } else { failure.detail(rejected.join("\n")) }
}

/// Folders that may hold the binaries, in the order of preference, each made up only when the ones before did not do.
pub(super) fn candidates(state: &Path) -> impl Iterator<Item = PathBuf> {
    let named = paths::set("PG_BINDIR");
    let system = named.is_none();
    let elsewhere = (system.then_some(pg_config_bindir as fn() -> Vec<PathBuf>).into_iter())
        .chain(system.then_some(usual_dirs as fn() -> Vec<PathBuf>))
        .chain(system.then_some(search_path as fn() -> Vec<PathBuf>))
        .flat_map(|dirs| dirs());
    let cache = paths::cache_dir(state);
    let fetched = SUPPORTED.rev().map(move |major| cache.join(major.to_string()).join("bin"));
    named.into_iter().chain(elsewhere).chain(fetched)
}

fn pg_config_bindir() -> Vec<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output();
    let text = output.ok().filter(|output| output.status.success()).map(|output| output.stdout);
    let dir = text.and_then(|text| String::from_utf8(text).ok()).map(|text| PathBuf::from(text.trim_end()));
    dir.into_iter().collect()
}

/// Where the packages of the common systems put a server: a parent folder, what the versioned folder in it is called,
/// and where the binaries are in that.
fn usual_dirs() -> Vec<PathBuf> {
    const PLACES: [(&str, &str, &str); 7] = [
        ("/usr/lib/postgresql", "", "bin"),
        ("/usr", "pgsql-", "bin"),
        ("/usr/libexec", "postgresql", ""),
        ("/opt/homebrew/opt", "postgresql", "bin"),
        ("/usr/local/opt", "postgresql", "bin"),
        ("/home/linuxbrew/.linuxbrew/opt", "postgresql", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
    ];
    let mut dirs = Vec::new();
    for (parent, prefix, below) in PLACES {
        let entries = fs::read_dir(parent).into_iter().flatten().flatten();
        let versioned = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix));
        let mut found: Vec<PathBuf> = versioned.map(|entry| entry.path().join(below)).collect();
        found.sort();
        dirs.extend(found);
    }
    dirs.push(PathBuf::from("/usr/local/pgsql/bin"));
    dirs
}

fn search_path() -> Vec<PathBuf> {
    env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default()
}

/// Runs `postgres --version` as the account that is to run the server, which also shows that it may.
fn probe(bindir: &Path, account: &Account) -> Result<Binaries, String> {
    if !bindir.join("initdb").exists() {
        return Err("there is no initdb beside postgres".to_owned());
    }
    let output = account.command(&bindir.join("postgres")).arg("--version").output().map_err(|cause| match account
        .barred_at(bindir)
        .filter(|_| account.is_other())
    {
        Some(dir) => format!("the account {} may not enter {}", account.name, dir.display()),
        None => format!("cannot be run: {cause}"),
    })?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let (major, version) = version(&text).ok_or_else(|| format!("says it is {:?}", text.trim()))?;
    Ok(Binaries { bindir: bindir.to_path_buf(), major, version })
}

/// Reads `postgres (PostgreSQL) 15.18 (Debian …)`; a beta is `19beta1`.
pub(super) fn version(text: &str) -> Option<(u32, String)> {
    let version = text.split_once(')')?.1.split_whitespace().next()?;
    let digits = version.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(version.len());
    Some((version[..digits].parse().ok()?, version.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_are_read() {
        let debian = "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n";
        assert_eq!(version(debian), Some((15, "15.18".to_owned())));
        assert_eq!(version("postgres (PostgreSQL) 19beta1"), Some((19, "19beta1".to_owned())));
        assert_eq!(version("postgres (EnterpriseDB) x"), None);
    }
}
