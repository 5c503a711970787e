//! Whether all of the old cluster is in the new one: its roles, its databases, and every row of every table.

use std::collections::BTreeMap;

use serde::Serialize;
use sqlx::{AssertSqlSafe, Connection};

use super::identity::Identity;
use super::session::{connect, unreachable};
use super::transfer::databases;
use super::work::Work;
use crate::cluster::whereabouts::Cluster;
use crate::failure::{Failure, Kind, Result};

/// What was counted in one database.
#[derive(Clone, Debug, Serialize)]
pub struct Counted {
    pub database: String,
    pub tables: u64,
    pub rows: u64,
}

const TABLES: &str =
    "select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_' order by 1";

const ROLES: &str = "select concat_ws(' ', rolname, rolpassword, rolsuper, rolcanlogin, rolcreatedb, rolcreaterole, rolreplication, rolconnlimit, rolvaliduntil,
     (select string_agg(g.rolname, ',' order by g.rolname) from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = a.oid))
   from pg_authid a where rolname !~ '^pg_' order by 1";

/// `Mismatch` with the first difference; else what there is.
pub async fn compare(work: &Work) -> Result<Vec<Counted>> {
    let (old, new) = (Identity::of(&work.old).await?, Identity::of(&work.new).await?);
    if !old.is_continued_by(new) {
        return Err(differs("the number of the cluster or of its next transaction", &old, &new));
    }
    let (old, new) = (roles(&work.old).await?, roles(&work.new).await?);
    if let Some(missing) = old.iter().find(|role| !new.contains(role)) {
        // The line holds a password's digest.
        let name = missing.split(' ').next().unwrap_or_default();
        return Err(differs("roles", &format!("role {name} as it was"), &"none or another"));
    }
    let (old, new) = (databases(&work.old).await?, databases(&work.new).await?);
    if old != new {
        return Err(differs("databases", &old, &new));
    }
    let mut counted = Vec::new();
    for database in old {
        let (old, new) = (rows(&work.old, &database).await?, rows(&work.new, &database).await?);
        if let Some((table, count)) = old.iter().find(|(table, count)| new.get(*table) != Some(count)) {
            return Err(differs(&format!("rows of {table} in database {database}"), count, &new.get(table)));
        }
        if old.len() != new.len() {
            return Err(differs(&format!("tables of database {database}"), &old.len(), &new.len()));
        }
        let rows = old.values().sum::<i64>().unsigned_abs();
        counted.push(Counted { database, tables: old.len() as u64, rows });
    }
    Ok(counted)
}

async fn roles(cluster: &Cluster) -> Result<Vec<String>> {
    let mut connection = connect(cluster, "postgres").await?;
    let found = sqlx::query_scalar(ROLES).fetch_all(&mut connection).await.map_err(unreachable);
    let _ = connection.close().await;
    found
}

async fn rows(cluster: &Cluster, database: &str) -> Result<BTreeMap<String, i64>> {
    let mut connection = connect(cluster, database).await?;
    let tables: Vec<String> = sqlx::query_scalar(TABLES).fetch_all(&mut connection).await.map_err(unreachable)?;
    let mut counts = BTreeMap::new();
    for table in tables {
        let sql = format!("select count(*) from only {table}");
        let count = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut connection).await.map_err(unreachable)?;
        counts.insert(table, count);
    }
    let _ = connection.close().await;
    Ok(counts)
}

fn differs(what: &str, old: &dyn std::fmt::Debug, new: &dyn std::fmt::Debug) -> Failure {
    Failure::new(Kind::Mismatch, format!("the restored cluster differs from the old one in {what}"))
        .detail(format!("old: {old:?}; restored: {new:?}"))
        .hint("nothing was changed: the old cluster is as it was")
}
