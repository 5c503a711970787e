//! Indexes that a file finds there already.
//!
//! Everything is applied in one transaction, so an index on a large table is built concurrently beforehand and named by
//! `create index if not exists`. A concurrent build that failed leaves an index of that name which no query uses.

use sqlx::postgres::PgConnection;

use super::files::Migration;
use super::statements;
use crate::database::json_rows;
use crate::failure::{Failure, Kind, Result};

const INVALID: &str = "select jsonb_build_object('schema', quote_ident(n.nspname), 'name', c.relname, 'quoted', quote_ident(c.relname))::text
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
 where not i.indisvalid and c.relkind = 'i' and not exists (select 1 from pg_stat_progress_create_index p where p.index_relid = c.oid)
 order by 1";

/// Refuses an up file that has just passed over an index which is invalid.
pub async fn require_valid(connection: &mut PgConnection, migration: &Migration) -> Result<()> {
    let named: Vec<(usize, String)> = statements::parse(&migration.up)
        .into_iter()
        .filter_map(|one| Some((one.line, one.passes_over_index()?)))
        .collect();
    if named.is_empty() {
        return Ok(());
    }
    for index in json_rows(connection, INVALID).await? {
        let text = |name: &str| index[name].as_str().unwrap_or_default();
        if let Some((line, _)) = named.iter().find(|(_, name)| name == text("name")) {
            let index = format!("{}.{}", text("schema"), text("quoted"));
            let message = format!(
                "{}:{line}: index {index} is there and is invalid: its concurrent build failed",
                migration.file()
            );
            return Err(Failure::new(Kind::Refused, message)
                .hint(format!("Build it again, and look again: psql -c 'drop index concurrently {index}'")));
        }
    }
    Ok(())
}
