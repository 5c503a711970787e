//! What a team's own migration must leave alone: the platform, its roles and their rights. Whoever migrates may act as dot_owner,
//! so this is looked at afterwards, in the same transaction.

use crate::failure::{Failure, Kind, Result};
use crate::migrate::snapshot::{Change, Snapshot};

/// How many objects are named.
const NAMED: usize = 5;

/// Kinds that stand beside the platform and may be a team's, though they can act on it: the run keeps them, and an audit names
/// every later change of them.
const BESIDE: [&str; 4] = ["extension", "publication", "subscription", "language"];

fn is_beside(change: &Change) -> bool {
    let kind = change.kind();
    BESIDE.contains(&kind) || change.is_outside() && change.object.contains(" elsewhere ")
}

/// Refuses what changed anything of the platform. `before`, `after`: the platform's schema.
pub fn require(set: &str, before: &Snapshot, after: &Snapshot) -> Result<()> {
    let changes = before.changes(after);
    let touched: Vec<&str> =
        changes.iter().filter(|change| !is_beside(change)).map(|change| change.object.as_str()).collect();
    if touched.is_empty() {
        return Ok(());
    }
    let more = touched.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let named = touched[..touched.len().min(NAMED)].join(", ");
    Err(Failure::new(Kind::Refused, format!("set {set} changes what is the platform's: {named}{more}")).hint(
        "Nothing was changed. A set of your own makes its objects in schemas of its own; rights are given by dot actor add.",
    ))
}
