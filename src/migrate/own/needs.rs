//! The sets that a set builds on, and those that they build on.

use std::path::PathBuf;

use sqlx::postgres::PgConnection;

use crate::failure::{At, Failure, Kind, Result};
use crate::migrate::files::Files;
use crate::migrate::{ledger, set};

/// Their files, each before those that build on it.
pub fn load(files: &Files) -> Result<Vec<Files>> {
    let mut found = Vec::new();
    let mut open = Vec::new();
    add_needs(files, &mut found, &mut open)?;
    Ok(found)
}

/// Refuses a set while one that it needs is not applied, all of it.
pub async fn require(connection: &mut PgConnection, files: &Files) -> Result<()> {
    for needed in load(files)? {
        let applied = ledger::applied(connection, &needed.set).await?;
        if let Some(missing) = ledger::pending(&needed, &applied)?.first() {
            let dir = needed.root.as_deref().map_or_else(String::new, |root| root.display().to_string());
            return Err(Failure::new(
                Kind::Refused,
                format!("{} is not applied, which this set needs", missing.file()),
            )
            .hint(format!("Apply it first: dot migrate apply --dir {dir}")));
        }
    }
    Ok(())
}

/// `open`: the directories on the way from the set that was asked for.
fn add_needs(files: &Files, found: &mut Vec<Files>, open: &mut Vec<PathBuf>) -> Result<()> {
    let Some(root) = &files.root else { return Ok(()) };
    let here = root.canonicalize().at(|| format!("cannot read {}", root.display()))?;
    let file = root.join(set::FILE);
    if open.contains(&here) {
        return Err(Failure::new(Kind::Invalid, format!("{}: the set needs itself", file.display()))
            .hint("Of two sets that build on each other, one has to come first: take one out of needs"));
    }
    open.push(here);
    for other in set::needs(root)? {
        let needed = Files::load(Some(&other.to_string_lossy())).map_err(|failure| Failure {
            message: format!("{}: needs: {}", file.display(), failure.message),
            ..failure
        })?;
        if needed.set.own().is_none() {
            return Err(Failure::new(Kind::Invalid, format!("{}: {} holds no set", file.display(), other.display()))
                .hint("Every set builds on the platform; needs names the directories of others' sets"));
        }
        if found.iter().any(|known| known.set == needed.set) {
            continue;
        }
        add_needs(&needed, found, open)?;
        found.push(needed);
    }
    open.pop();
    Ok(())
}
