//! The migrations: those embedded in the program, or those of a directory.

use std::borrow::Cow;
use std::path::Path;

use sha2::{Digest, Sha256, Sha384};
use walkdir::WalkDir;

use crate::failure::{At, Failure, Kind, Result};
use crate::hex::hex;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/migrations.rs"));
}

/// One versioned migration, `NNNN_<name>.up.sql` and `.down.sql`.
#[derive(Clone, Debug)]
pub struct Migration {
    pub version: i64,
    /// The name with spaces, as sqlx's ledger has it.
    pub description: String,
    pub up: String,
    pub down: Option<String>,
}

impl Migration {
    /// sqlx's checksum: SHA-384 of the up file.
    pub fn checksum(&self) -> Vec<u8> {
        Sha384::digest(&self.up).to_vec()
    }

    pub fn file(&self) -> String {
        format!("migrations/{:04}_{}.up.sql", self.version, self.description.replace(' ', "_"))
    }
}

/// One re-creatable function, `functions/<domain>/<name>.sql`.
#[derive(Clone, Debug)]
pub struct Function {
    pub name: String,
    pub domain: String,
    pub source: String,
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
    pub migrations: Vec<Migration>,
    pub functions: Vec<Function>,
}

impl Files {
    /// The files of `dir`, or those embedded in the program.
    pub fn load(dir: Option<&str>) -> Result<Files> {
        match dir {
            None => {
                Self::collect(embedded::MIGRATIONS.iter().map(|(path, text)| ((*path).into(), Cow::Borrowed(*text))))
            }
            Some(dir) => {
                let root = Path::new(dir);
                if !root.is_dir() {
                    return Err(Failure::new(Kind::NotFound, format!("{dir} is not a directory of migrations")));
                }
                let mut found = Vec::new();
                for file in WalkDir::new(root).sort_by_file_name() {
                    let file = file.map_err(|cause| Failure::unexpected(format!("cannot read {dir}: {cause}")))?;
                    if file.path().extension().is_some_and(|extension| extension == "sql") {
                        let text = std::fs::read_to_string(file.path())
                            .at(|| format!("cannot read {}", file.path().display()))?;
                        let below = file.path().strip_prefix(root).unwrap_or(file.path());
                        found.push((below.to_string_lossy().into_owned(), Cow::Owned(text)));
                    }
                }
                Self::collect(found)
            }
        }
    }

    fn collect(found: impl IntoIterator<Item = (String, Cow<'static, str>)>) -> Result<Files> {
        let mut files = Files::default();
        let mut downs = Vec::new();
        for (path, text) in found {
            let parts: Vec<&str> = path.split('/').collect();
            match parts.as_slice() {
                ["functions", domain, file] => files.functions.push(Function {
                    name: file.trim_end_matches(".sql").to_owned(),
                    domain: (*domain).to_owned(),
                    source: text.into_owned(),
                }),
                [file] => {
                    let (version, description, up) = parse_name(file)?;
                    if up {
                        files.migrations.push(Migration { version, description, up: text.into_owned(), down: None });
                    } else {
                        downs.push((version, text.into_owned()));
                    }
                }
                _ => return Err(misplaced(&path)),
            }
        }
        for (version, down) in downs {
            match files.migrations.iter_mut().find(|migration| migration.version == version) {
                Some(migration) => migration.down = Some(down),
                None => {
                    return Err(Failure::new(
                        Kind::Invalid,
                        format!("migration {version:04} has a down file and no up file"),
                    ));
                }
            }
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

    /// A digest over everything, for names of template databases.
    pub fn digest(&self) -> String {
        let mut digest = Sha256::new();
        for migration in &self.migrations {
            digest.update(&migration.up);
        }
        for function in &self.functions {
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
    let (version, name) = stem.split_once('_').ok_or_else(|| misplaced(file))?;
    let version = version.parse().map_err(|_| misplaced(file))?;
    Ok((version, name.replace('_', " "), up))
}

fn misplaced(file: &str) -> Failure {
    Failure::new(
        Kind::Invalid,
        format!("{file} is neither NNNN_name.up.sql, NNNN_name.down.sql nor functions/<domain>/<function>.sql"),
    )
}
