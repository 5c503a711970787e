//! The two settings files: `.dot.toml` of the project, found upwards from the current directory, and the user's own.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::{Deserialize, Serialize};

use crate::failure::{At, Failure, Kind, Result};

/// One settings file.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock_timeout: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The time zone of times that name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// The context in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub contexts: BTreeMap<String, Context>,
}

/// A named database. The URL holds no secret.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// `postgres://user@host:port/database`, or absent for the local cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The environment's name, shown in prompts and plans.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// Every risk counts one level higher.
    #[serde(default)]
    pub protected: bool,
    /// A shell command that prints the password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_command: Option<String>,
}

/// The user's own file with its place.
pub fn user() -> Result<(PathBuf, File)> {
    let path = user_path().ok_or_else(|| {
        Failure::new(Kind::NotFound, "there is no place for the settings file").hint("Set HOME or XDG_CONFIG_HOME.")
    })?;
    let file = File::load(&path)?;
    Ok((path, file))
}

/// The failure of naming a context that there is not.
pub fn unknown(name: &str) -> Failure {
    Failure::new(Kind::NotFound, format!("there is no context `{name}`")).hint("See: dot context list")
}

impl File {
    /// The file at `path`, or the empty one where there is none.
    pub fn load(path: &Path) -> Result<File> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(File::default()),
            Err(cause) if cause.kind() == std::io::ErrorKind::IsADirectory => {
                return Err(Failure::new(
                    Kind::Invalid,
                    format!("{} is a folder, not a settings file", path.display()),
                )
                .hint("Remove it, or put the settings file in its place."));
            }
            Err(cause) => return Err(cause).at(|| format!("cannot read {}", path.display())),
        };
        toml::from_str(&text).map_err(|cause| {
            Failure::new(Kind::Invalid, format!("{} is not a settings file: {cause}", path.display()))
                .hint("Correct or remove it.")
        })
    }

    /// Writes the file whole, by rename, readable by its owner only.
    pub fn save(&self, path: &Path) -> Result<()> {
        let text = toml::to_string_pretty(self).map_err(|cause| Failure::unexpected(cause.to_string()))?;
        let dir = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(dir).at(|| format!("cannot make {}", dir.display()))?;
        let fresh = path.with_extension(format!("{}.new", std::process::id()));
        // One that a killed process has left keeps the rights that it was made with.
        let _ = fs::remove_file(&fresh);
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&fresh)
            .at(|| format!("cannot write {}", fresh.display()))?;
        file.write_all(text.as_bytes()).at(|| format!("cannot write {}", fresh.display()))?;
        fs::rename(&fresh, path).at(|| format!("cannot write {}", path.display()))
    }
}

/// `$XDG_CONFIG_HOME/dot/config.toml`, else `~/.config/dot/config.toml`; none without a home.
pub fn user_path() -> Option<PathBuf> {
    let base = match env::var_os("XDG_CONFIG_HOME").filter(|dir| !dir.is_empty()) {
        Some(dir) => PathBuf::from(dir),
        None => PathBuf::from(env::var_os("HOME").filter(|dir| !dir.is_empty())?).join(".config"),
    };
    Some(base.join("dot").join("config.toml"))
}

/// The nearest `.dot.toml` at or above the current directory.
pub fn project_path() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    here.ancestors().map(|dir| dir.join(".dot.toml")).find(|path| path.is_file())
}
