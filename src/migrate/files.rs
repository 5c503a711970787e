//! The migrations: those embedded in the program, or those of a directory.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256, Sha384};
use walkdir::WalkDir;

use super::set::{self, Set};
use super::text;
use crate::catalog::embedded;
use crate::failure::{Failure, Kind, Result};
use crate::hex::hex;

/// Where files come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Embedded in the program.
    Program,
    /// A directory, which anybody may have written.
    Directory,
}

/// One versioned migration, `NNNN_<name>.up.sql` and `.down.sql`.
#[derive(Clone, Debug)]
pub struct Migration {
    pub version: i64,
    /// The name with spaces, as sqlx's ledger has it.
    pub description: String,
    pub up: String,
    pub down: Option<String>,
    /// `checks/NNNN_<name>.sql`; see [`super::checks`].
    pub check: Option<String>,
    pub set: Set,
    pub origin: Origin,
    /// The directory that its files are named by.
    place: String,
}

impl Migration {
    /// sqlx's checksum: SHA-384 of the up file.
    pub fn checksum(&self) -> Vec<u8> {
        Sha384::digest(&self.up).to_vec()
    }

    /// What it would be if the file had the line ends of Unix.
    pub fn checksum_with_unix_line_ends(&self) -> Vec<u8> {
        Sha384::digest(self.up.replace("\r\n", "\n")).to_vec()
    }

    /// `0001 command`.
    pub fn label(&self) -> String {
        format!("{:04} {}", self.version, self.description)
    }

    /// `0001_command`.
    fn stem(&self) -> String {
        format!("{:04}_{}", self.version, self.description.replace(' ', "_"))
    }

    pub fn file(&self) -> String {
        format!("{}/{}.up.sql", self.place, self.stem())
    }

    pub fn down_file(&self) -> String {
        format!("{}/{}.down.sql", self.place, self.stem())
    }

    pub fn check_file(&self) -> String {
        format!("{}/checks/{}.sql", self.place, self.stem())
    }
}

/// One re-creatable function, `functions/<domain>/<name>.sql`.
#[derive(Clone, Debug)]
pub struct Function {
    pub name: String,
    pub domain: String,
    pub source: String,
    pub origin: Origin,
}

impl Function {
    /// The sha-256 of the source, in hexadecimal.
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(&self.source))
    }

    pub fn file(&self) -> String {
        format!("migrations/functions/{}/{}.sql", self.domain, self.name)
    }
}

/// All files, migrations by version and functions by name.
#[derive(Clone, Debug, Default)]
pub struct Files {
    pub set: Set,
    /// The directory; none for those of the program.
    pub root: Option<PathBuf>,
    pub migrations: Vec<Migration>,
    pub functions: Vec<Function>,
}

impl Files {
    /// The files of `dir`, or those embedded in the program.
    pub fn load(dir: Option<&str>) -> Result<Files> {
        match dir {
            None => Self::collect(Set::Platform, Origin::Program, "migrations", embedded::migrations()?),
            Some(dir) => {
                let root = Path::new(dir);
                if !root.is_dir() {
                    return Err(Failure::new(Kind::NotFound, format!("{dir} is not a directory of migrations")));
                }
                let mut found = Vec::new();
                for file in WalkDir::new(root).sort_by_file_name() {
                    let file = file.map_err(|cause| Failure::unexpected(format!("cannot read {dir}: {cause}")))?;
                    if file.path().extension().is_some_and(|extension| extension.eq_ignore_ascii_case("sql")) {
                        let text = text::read(file.path())?;
                        let below = file.path().strip_prefix(root).unwrap_or(file.path());
                        found.push((below.to_string_lossy().into_owned(), text));
                    }
                }
                let set = Set::of(root)?;
                let place = if set.own().is_some() { dir.trim_end_matches('/') } else { "migrations" };
                let files = Self::collect(set, Origin::Directory, place, found)?;
                Ok(Files { root: Some(root.to_owned()), ..files })
            }
        }
    }

    /// The files of `dir` for a database that has the platform, or is to get it: those of a stranger are refused.
    pub fn of_database(dir: Option<&str>) -> Result<Files> {
        let files = Self::load(dir)?;
        let is_platform =
            files.migrations.first().is_some_and(|first| first.version == 1 && first.description == "command");
        match dir {
            Some(dir) if files.set == Set::Platform && !is_platform => Err(Failure::new(
                Kind::Invalid,
                format!("{dir} holds neither the platform's migrations nor a set of your own"),
            )
            .hint(format!("A set of your own has a name, in {dir}/{}: set = \"billing\". Start one with: dot migrate new NAME --dir DIR", set::FILE))),
            _ => Ok(files),
        }
    }

    /// The platform's: these, or beside a set of one's own those of the program.
    pub fn platform(&self) -> Result<Files> {
        match self.set {
            Set::Platform => Ok(self.clone()),
            Set::Own(_) => Self::load(None),
        }
    }

    fn collect(set: Set, origin: Origin, place: &str, found: Vec<(String, String)>) -> Result<Files> {
        let mut files = Files { set: set.clone(), ..Files::default() };
        let mut downs = Vec::new();
        let mut checks = Vec::new();
        for (path, text) in found {
            let parts: Vec<&str> = path.split('/').collect();
            match parts.as_slice() {
                ["functions", ..] if set.own().is_some() => {
                    return Err(Failure::new(
                        Kind::Invalid,
                        format!("{place}/{path}: a set of your own has no functions/"),
                    )
                    .hint("Put it into a migration: create or replace function …"));
                }
                ["functions", domain, file] => files.functions.push(Function {
                    name: file.trim_end_matches(".sql").to_owned(),
                    domain: (*domain).to_owned(),
                    source: text,
                    origin,
                }),
                // In a folder of their own, since sqlx would take them for migrations.
                ["checks", file] => {
                    let stem = file.strip_suffix(".sql").ok_or_else(|| misplaced(&path))?;
                    checks.push((parse_stem(stem, &path)?.0, text));
                }
                [file] => {
                    let (version, description, up) = parse_name(file)?;
                    if up {
                        let up = text;
                        let (set, place) = (set.clone(), place.to_owned());
                        files.migrations.push(Migration {
                            version,
                            description,
                            up,
                            down: None,
                            check: None,
                            set,
                            origin,
                            place,
                        });
                    } else {
                        downs.push((version, text));
                    }
                }
                _ => return Err(misplaced(&path)),
            }
        }
        for (version, down) in downs {
            files.of_version(version, "a down")?.down = Some(down);
        }
        for (version, check) in checks {
            files.of_version(version, "a check")?.check = Some(check);
        }
        files.migrations.sort_by_key(|migration| migration.version);
        if let Some(pair) = files.migrations.windows(2).find(|pair| pair[0].version == pair[1].version) {
            return Err(Failure::new(Kind::Invalid, format!("two migrations have version {:04}", pair[0].version)));
        }
        files.functions.sort_by(|a, b| a.name.cmp(&b.name));
        if let Some(pair) = files.functions.windows(2).find(|pair| pair[0].name == pair[1].name) {
            return Err(Failure::new(
                Kind::Invalid,
                format!("function {} has two files: {} and {}", pair[0].name, pair[0].file(), pair[1].file()),
            ));
        }
        Ok(files)
    }

    fn of_version(&mut self, version: i64, other: &str) -> Result<&mut Migration> {
        self.migrations.iter_mut().find(|migration| migration.version == version).ok_or_else(|| {
            Failure::new(Kind::Invalid, format!("migration {version:04} has {other} file and no up file"))
        })
    }

    /// A digest over everything, for names of template databases.
    pub fn digest(&self) -> String {
        let mut digest = Sha256::new();
        for migration in &self.migrations {
            digest.update(&migration.up);
            digest.update(migration.check.as_deref().unwrap_or_default());
        }
        for function in &self.functions {
            digest.update(&function.domain);
            digest.update(&function.source);
        }
        hex(&digest.finalize())
    }
}

/// `0001_name.up.sql` is version 1, "name", up.
fn parse_name(file: &str) -> Result<(i64, String, bool)> {
    let (stem, up) = match (file.strip_suffix(".up.sql"), file.strip_suffix(".down.sql")) {
        (Some(stem), _) => (stem, true),
        (_, Some(stem)) => (stem, false),
        _ => return Err(misplaced(file)),
    };
    let (version, name) = parse_stem(stem, file)?;
    Ok((version, name, up))
}

/// `0001_some_name` is version 1, "some name".
fn parse_stem(stem: &str, file: &str) -> Result<(i64, String)> {
    let (version, name) = stem.split_once('_').ok_or_else(|| misplaced(file))?;
    let version = version.parse().map_err(|_| misplaced(file))?;
    if version < 1 {
        return Err(Failure::new(Kind::Invalid, format!("{file}: the numbers of migrations start at 0001")));
    }
    Ok((version, name.replace('_', " ")))
}

fn misplaced(file: &str) -> Failure {
    Failure::new(
        Kind::Invalid,
        format!("{file} is neither NNNN_name.up.sql, NNNN_name.down.sql, checks/NNNN_name.sql nor functions/<domain>/<function>.sql"),
    )
    .hint("Start a new one with: dot migrate new NAME")
}
