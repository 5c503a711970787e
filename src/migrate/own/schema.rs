//! The schemas of teams as text: every object outside of the platform and of the server, as [`Snapshot`] has the platform's.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::postgres::PgConnection;

use crate::database::{json_rows, pins, query};
use crate::failure::{Failure, Result};
use crate::migrate::snapshot::{self, Snapshot};

/// Which schemas the platform's snapshot is of, in its text.
const PLATFORM: &str = "from pg_namespace where nspname = 'dot')";

/// All others but the server's own and those that the platform makes for itself.
const TEAMS: &str =
    "from pg_namespace where nspname !~ '^(pg_|dot_)' and nspname not in ('dot', 'information_schema'))";

/// What is particular to it: kinds that the platform has none of, or leaves to housekeeping.
const MORE: &str = include_str!("more.sql");

/// The platform's partitions come and go by housekeeping; those of teams are made by their files.
const BUT_PARTITIONS: &str = "where not c.relispartition and relkind in";

/// Takes it. The caller is in a transaction, whose settings are pinned from here on.
pub async fn take(connection: &mut PgConnection) -> Result<Snapshot> {
    query::execute(connection, &pins::statements(connection.server_version_num())).await?;
    let sql = snapshot::SQL.replacen(PLATFORM, TEAMS, 1).replacen(BUT_PARTITIONS, "where relkind in", 1);
    let mut taken = part(connection, &sql).await?;
    taken.retain(|object, _| !snapshot::is_outside(object) && !is_platforms(object));
    taken.extend(part(connection, MORE).await?);
    Ok(settled(Snapshot(taken)))
}

async fn part(connection: &mut PgConnection, sql: &str) -> Result<BTreeMap<String, String>> {
    let value = json_rows(connection, sql).await?.pop().unwrap_or_default();
    serde_json::from_value(value)
        .map_err(|cause| Failure::unexpected(format!("the snapshot of the teams' schemas: {cause}")))
}

/// The kinds of more than one word that stand in a schema.
const LONG: [&str; 15] = [
    "materialized view ",
    "domain constraint ",
    "composite type ",
    "range type ",
    "window function ",
    "operator class ",
    "operator family ",
    "text search configuration ",
    "text search dictionary ",
    "reference not enforced ",
    "storage of ",
    "clustered by ",
    "access method ",
    "sequence owner ",
    "foreign table ",
];

/// Those that stand in none.
const NOWHERE: [&str; 7] = [
    "foreign data wrapper ",
    "server ",
    "publication ",
    "cast ",
    "event trigger ",
    "extension ",
    "default privileges ",
];

/// With what everybody has by default written out, and what the owner has left out: a first grant and its revoke leave the same.
fn settled(snapshot: Snapshot) -> Snapshot {
    let owner = |object: &str| {
        let definition = snapshot.0.get(object)?.strip_prefix("owner ")?;
        Some(definition.split(',').next().unwrap_or_default().trim().to_owned())
    };
    let mut settled = BTreeMap::new();
    for (object, definition) in &snapshot.0 {
        let Some(of) = object.strip_prefix("grants ") else {
            if snapshot::kind(object) == "function" && !snapshot.0.contains_key(&format!("grants {object}")) {
                settled.insert(format!("grants {object}"), format!("=X/{}", owner(object).unwrap_or_default()));
            }
            settled.insert(object.clone(), definition.clone());
            continue;
        };
        let owner = owner(of);
        let granted: Vec<&str> = definition.split(", ").filter(|one| !is_own(one, owner.as_deref())).collect();
        if !granted.is_empty() {
            settled.insert(object.clone(), granted.join(", "));
        }
    }
    Snapshot(settled)
}

/// `owner=rights/owner`.
fn is_own(one: &str, owner: Option<&str>) -> bool {
    let parts = one.rsplit_once('/').and_then(|(left, grantor)| Some((left.rsplit_once('=')?.0, grantor)));
    parts.is_some_and(|(grantee, grantor)| {
        grantee == grantor && owner.is_some_and(|owner| grantee.trim_matches('"') == owner)
    })
}

/// What snapshot.sql always has.
fn is_platforms(object: &str) -> bool {
    matches!(object, "schema dot_compiled" | "schema dot_adapted")
}

/// The schemas that a snapshot has.
pub fn schemas(snapshot: &Snapshot) -> BTreeSet<&str> {
    snapshot.0.keys().filter(|object| snapshot::kind(object) == "schema").map(|object| schema_of(object)).collect()
}

/// The schema that an object is in: `table billing.invoice` is in billing, and so are its columns and grants.
pub fn schema_of(object: &str) -> &str {
    if NOWHERE.iter().any(|kind| object.starts_with(kind)) {
        return "";
    }
    let of_type = object.strip_prefix("grants type ");
    let object = object.strip_prefix("grants ").unwrap_or(object);
    let long = || LONG.iter().find_map(|kind| object.strip_prefix(kind));
    let name = of_type.or_else(long).or_else(|| object.split_once(' ').map(|(_, name)| name));
    let name = name.unwrap_or(object);
    match name.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default(),
        None => name.split(['.', '(']).next().unwrap_or_default(),
    }
}

/// Stands for whoever applied the set.
const APPLIED_BY: &str = "whoever applied it";

/// The same with `logins` alike, since two who apply the same files own what they made.
pub fn alike(snapshot: Snapshot, logins: &BTreeSet<String>) -> Snapshot {
    let mut alike = BTreeMap::new();
    for (object, definition) in snapshot.0 {
        let is_default = object.starts_with("default privileges ");
        if object.starts_with("grants ") || is_default {
            let of_login = |login: &String| object.strip_suffix(&format!(" of {login}")).filter(|_| is_default);
            let object =
                logins.iter().find_map(of_login).map_or(object.clone(), |rest| format!("{rest} of {APPLIED_BY}"));
            let granted: Vec<String> = definition.split(", ").filter_map(|one| grant(one, logins)).collect();
            if !granted.is_empty() {
                alike.insert(object, granted.join(", "));
            }
            continue;
        }
        let owner = logins.iter().find_map(|login| {
            let rest = definition.strip_prefix("owner ")?.strip_prefix(login.as_str())?;
            (rest.is_empty() || rest.starts_with(',')).then_some(rest)
        });
        let definition = owner.map(|rest| format!("owner {APPLIED_BY}{rest}")).unwrap_or(definition);
        alike.insert(object, definition);
    }
    Snapshot(alike)
}

/// `grantee=rights/grantor`; none where it is the owner's own.
fn grant(one: &str, logins: &BTreeSet<String>) -> Option<String> {
    let name = |name: &str| {
        let is_login = logins.contains(name.trim_matches('"'));
        if is_login { APPLIED_BY.to_owned() } else { name.to_owned() }
    };
    let Some(((grantee, rights), grantor)) =
        one.rsplit_once('/').and_then(|(left, grantor)| Some((left.rsplit_once('=')?, grantor)))
    else {
        return Some(one.to_owned());
    };
    let (grantee, grantor) = (name(grantee), name(grantor));
    (grantee != grantor || grantee != APPLIED_BY).then(|| format!("{grantee}={rights}/{grantor}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_the_platforms_snapshot_names_its_schema_once() {
        assert_eq!(snapshot::SQL.matches(PLATFORM).count(), 1);
        assert_eq!(snapshot::SQL.matches(BUT_PARTITIONS).count(), 1);
    }

    #[test]
    fn who_applied_it_and_what_is_so_by_default_make_no_difference() {
        let snapshot = |objects: &[(&str, &str)]| {
            Snapshot(
                objects.iter().map(|(object, definition)| ((*object).to_owned(), (*definition).to_owned())).collect(),
            )
        };
        let logins = |name: &str| BTreeSet::from([name.to_owned()]);
        let ci = snapshot(&[
            ("table b.t", "owner ci, kind r"),
            ("schema b", "owner ci"),
            ("function b.f()", "owner ci, comment -"),
            ("grants table b.t", "ci=arwdDxt/ci"),
            ("grants function b.f()", "=X/ci, ci=X/ci"),
        ]);
        let ann = snapshot(&[
            ("table b.t", "owner ann, kind r"),
            ("schema b", "owner ann"),
            ("function b.f()", "owner ann, comment -"),
        ]);
        let alike = |snapshot: Snapshot, logins: &BTreeSet<String>| super::alike(settled(snapshot), logins);
        assert_eq!(alike(ci.clone(), &logins("ci")), alike(ann.clone(), &logins("ann")));
        let revoked = snapshot(&[("function b.f()", "owner ann, comment -"), ("grants function b.f()", "ann=X/ann")]);
        let granted = snapshot(&[("function b.f()", "owner ann, comment -")]);
        assert_ne!(alike(revoked, &logins("ann")), alike(granted, &logins("ann")));
        assert_ne!(alike(ci, &logins("somebody")), alike(ann, &logins("ann")), "another's are not");
    }

    #[test]
    fn an_object_is_in_the_schema_that_its_name_starts_with() {
        for (object, schema) in [
            ("table billing.invoice", "billing"),
            ("column billing.invoice.id", "billing"),
            ("grants function billing.total(integer)", "billing"),
            ("materialized view billing.sums", "billing"),
            ("schema billing", "billing"),
            ("domain constraint billing.total.total_check", "billing"),
            ("grants type billing.total", "billing"),
            ("text search configuration billing.words", "billing"),
            ("default privileges r in billing of ann", ""),
            ("publication billing", ""),
            ("table \"Odd.Name\".x", "Odd.Name"),
        ] {
            assert_eq!(schema_of(object), schema, "{object}");
        }
    }
}
