//! What a team's own migration must leave alone: the platform, its rows, its roles and their rights. Whoever migrates may act as
//! dot_owner, so this is looked at afterwards, in the same transaction, once nothing of the set waits for its end any more.

use std::collections::BTreeSet;

use sqlx::postgres::PgConnection;

use super::pending;
use crate::database::json_rows;
use crate::failure::{Failure, Kind, Result};
use crate::migrate::own::written::Written;
use crate::migrate::snapshot::{Change, Snapshot};

/// How many objects are named.
const NAMED: usize = 5;

/// Kinds that stand beside the platform and may be a team's, though they can act on it: the run keeps them, and an audit names
/// every later change of them.
const BESIDE: [&str; 3] = ["extension", "subscription", "language"];

/// What reaches into the platform from outside, and who has its roles: `{"object": definition}`.
const REACH: &str = include_str!("outside.sql");

/// The platform as it was before a set did anything.
pub struct Guard<'a> {
    set: &'a str,
    platform: &'a Snapshot,
    reach: Snapshot,
    written: Written,
}

impl<'a> Guard<'a> {
    /// `platform`: its schema now.
    pub async fn begin(connection: &mut PgConnection, set: &'a str, platform: &'a Snapshot) -> Result<Guard<'a>> {
        let (reach, written) = (reach(connection).await?, Written::look(connection).await?);
        Ok(Guard { set, platform, reach, written })
    }

    /// Refuses what changed anything of the platform.
    pub async fn require(&self, connection: &mut PgConnection) -> Result<()> {
        pending::settle(connection, self.set).await?;
        let platform = self.platform.changes(&self.platform.again(connection).await?);
        let reach = self.reach.changes(&reach(connection).await?);
        let mut touched: Vec<String> =
            platform.into_iter().filter(|change| !is_beside(change)).chain(reach).map(|change| change.object).collect();
        // What reads as before may have been something else meanwhile, or is another one of the same name.
        let written = self.written.since(connection).await?;
        let is_told = !touched.is_empty();
        touched.extend(written.into_iter().filter(|name| !is_told || name.starts_with("rows of ")));
        if touched.is_empty() {
            return Ok(());
        }
        let more = touched.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let named = touched[..touched.len().min(NAMED)].join(", ");
        // Nothing of the platform may have been touched: who owns it is all that is wrong with it.
        let owners: BTreeSet<&str> = touched.iter().filter_map(|object| owner(object)).collect();
        if !owners.is_empty() && touched.iter().all(|object| owner(object).is_some()) {
            let owners = owners.into_iter().collect::<Vec<_>>().join(", ");
            let what = format!(
                "set {} lends the rights of {owners}, who owns what it makes, to others: {named}{more}",
                self.set
            );
            return Err(Failure::new(Kind::Refused, what).hint(format!(
                "Nothing was changed. The reason is the owner alone: {owners} may do what others may not, as a superuser or as a role of \
                 the platform or of the server, and whoever uses this would do it too. Let a role of the set's own have it, one \
                 that has none of these: alter table TABLE owner to ROLE (a rule is its table's; alter view, alter function)."
            )));
        }
        Err(Failure::new(Kind::Refused, format!("set {} changes what is the platform's: {named}{more}", self.set)).hint(
            "Nothing was changed. A set of your own makes its objects in schemas of its own, owned by a role of its own where they \
             have rights; rows of the platform are changed by its commands, and roles are given by dot actor add.",
        ))
    }
}

/// The owner in the name of an object that is there for its owner's rights alone, as outside.sql names it.
fn owner(object: &str) -> Option<&str> {
    let lends = ["view ", "function ", "rule ", "relation "].iter().any(|kind| object.starts_with(kind));
    let (_, owner) = object.rsplit_once(" with the rights of ").or_else(|| object.rsplit_once(", owned by "))?;
    lends.then_some(owner)
}

async fn reach(connection: &mut PgConnection) -> Result<Snapshot> {
    let value = json_rows(connection, REACH).await?.pop().unwrap_or_default();
    serde_json::from_value(value)
        .map(Snapshot)
        .map_err(|cause| Failure::unexpected(format!("what reaches into the platform: {cause}")))
}

/// Whatever is added to the server's own schemas comes before all of ours by name; a function that runs with the rights of dot_owner
/// gives whoever may call it these; a cast between the server's own types changes what every statement means.
fn is_beside(change: &Change) -> bool {
    // Names are written in full but those of the server's own schema.
    let relation = change.object.strip_prefix("relation elsewhere ");
    let is_theirs = relation.is_some_and(|name| name.contains('.') && !name.starts_with("information_schema."));
    BESIDE.contains(&change.kind()) || is_theirs
}
