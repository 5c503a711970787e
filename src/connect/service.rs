//! Service files: named sections of keywords, in the user's own file and in the system's.

use std::path::{Path, PathBuf};

use super::said::Surroundings;
use crate::failure::{At, Failure, Kind, Result};

/// Where builds of libpq look for the system's file; which of them is fixed when it is built.
const SYSTEM: [&str; 2] = ["/etc/postgresql-common", "/etc"];

/// The keywords of a service, each with its value and place (`FILE, line N`). The first file that has it counts.
pub fn read(service: &str, around: &Surroundings) -> Result<Vec<(String, String, String)>> {
    let mut known = Vec::new();
    let files = files(around)?;
    for file in &files {
        let text = std::fs::read_to_string(file).at(|| format!("cannot read the service file {}", file.display()))?;
        if let Some(found) = section(&text, service, file, &mut known)? {
            return Ok(found);
        }
    }
    let looked = files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(" and ");
    let looked = if looked.is_empty() { "no service file, for there is none".to_owned() } else { looked };
    Err(Failure::new(Kind::Usage, format!("there is no service `{service}` in {looked}")).hint(
        match known.is_empty() {
            true => "Name the file with PGSERVICEFILE; the usual one is ~/.pg_service.conf.".to_owned(),
            false => format!("There are: {}", known.join(", ")),
        },
    ))
}

/// A file that is named must be there; the usual ones need not be.
fn files(around: &Surroundings) -> Result<Vec<PathBuf>> {
    let own = match around.variables.get("PGSERVICEFILE") {
        Some(named) if !Path::new(named).is_file() => {
            return Err(Failure::usage(format!("PGSERVICEFILE: there is no file `{named}`")));
        }
        Some(named) => Some(PathBuf::from(named)),
        None => around.at_home(".pg_service.conf"),
    };
    let folders = around.variable("PGSYSCONFDIR").map_or_else(|| SYSTEM.to_vec(), |folder| vec![folder]);
    let system = folders.into_iter().map(|folder| Path::new(folder).join("pg_service.conf"));
    Ok(own.into_iter().chain(system).filter(|path| path.is_file()).collect())
}

fn section(
    text: &str,
    service: &str,
    file: &Path,
    known: &mut Vec<String>,
) -> Result<Option<Vec<(String, String, String)>>> {
    let mut found = None;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        let place = format!("{}, line {}", file.display(), number + 1);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            if found.is_some() {
                break;
            }
            known.push(name.to_owned());
            found = (name == service).then(Vec::new);
            continue;
        }
        let Some(entries) = &mut found else { continue };
        match line.split_once('=') {
            None if line.starts_with("ldap") => {
                return Err(Failure::usage(format!("{place}: this program asks no LDAP server where to connect")));
            }
            None => return Err(Failure::usage(format!("{place}: no `=` follows the keyword"))),
            Some(("service" | "servicefile", _)) => {
                return Err(Failure::usage(format!("{place}: a service cannot name another one")));
            }
            Some((name, _)) if name.ends_with(char::is_whitespace) => {
                return Err(Failure::usage(format!("{place}: a blank stands before the `=`")));
            }
            // Blanks after it belong to the value, which may be a password.
            Some((name, value)) => entries.push((name.to_owned(), value.to_owned(), place)),
        }
    }
    Ok(found)
}
