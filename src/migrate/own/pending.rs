//! What a set has put off to the end of its transaction, brought about while somebody still looks: triggers and checks of
//! constraints that can be deferred, and queries of cursors that outlive a transaction.
//!
//! A function that is run so can put off more. Only rows that are written put anything off, and the server counts them: a round
//! in which none are has left nothing. What goes on and on is refused.

use sqlx::postgres::PgConnection;

use crate::database::{query, text_scalar};
use crate::failure::{Failure, Kind, Result};

/// The constraints of others that wait for the end of a transaction, as SET CONSTRAINTS takes them.
const DEFERRED: &str = "select string_agg(distinct format('%I.%I', n.nspname, c.conname), ', ')
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace
   where (c.condeferrable or c.oid in (select t.tgconstraint from pg_trigger t where t.tgdeferrable)) and n.nspname <> 'dot'
     and has_schema_privilege(n.oid, 'usage')";

/// Those that this login cannot name, of tables that this transaction has written.
const HIDDEN: &str = "select string_agg(distinct format('%I.%I', n.nspname, c.conname), ', ')
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace join pg_class t on t.oid in (c.conrelid, c.confrelid)
   where (c.condeferrable or c.oid in (select g.tgconstraint from pg_trigger g where g.tgdeferrable)) and n.nspname <> 'dot' and not has_schema_privilege(n.oid, 'usage')
     and pg_stat_get_xact_tuples_inserted(t.oid) + pg_stat_get_xact_tuples_updated(t.oid) + pg_stat_get_xact_tuples_deleted(t.oid) > 0";

/// What this transaction has written to each table, taken back or not. Of one that is emptied or dropped the count begins anew, and
/// its file or itself is another.
const WRITTEN: &str = "select md5(string_agg(concat_ws(' ', c.oid, c.relfilenode, pg_stat_get_xact_tuples_inserted(c.oid),
      pg_stat_get_xact_tuples_updated(c.oid), pg_stat_get_xact_tuples_deleted(c.oid)), ',' order by c.oid)) from pg_class c where c.relkind = 'r'";

/// So many rounds are given to what honestly puts off more.
const ROUNDS: usize = 5;

/// Has it happen now. Refuses what this cannot be had of.
pub async fn settle(connection: &mut PgConnection, set: &str) -> Result<()> {
    let mut written = text_scalar(connection, WRITTEN, &[]).await?;
    for _ in 0..ROUNDS {
        query::execute(connection, "close all").await?;
        if let Some(constraints) = text_scalar(connection, DEFERRED, &[]).await? {
            query::execute(connection, &format!("set constraints {constraints} immediate; close all")).await?;
        }
        let now = text_scalar(connection, WRITTEN, &[]).await?;
        if now == written {
            return match text_scalar(connection, HIDDEN, &[]).await? {
                None => Ok(()),
                Some(hidden) => Err(refused(set, &format!("puts off what cannot be looked at: {hidden}"))),
            };
        }
        written = now;
    }
    Err(refused(set, "puts off to the end of its transaction what puts off more, and does not come to an end"))
}

fn refused(set: &str, what: &str) -> Failure {
    Failure::new(Kind::Refused, format!("set {set} {what}"))
        .hint("Nothing was changed. Let its constraints be checked at once: not deferrable, or initially immediate.")
}
