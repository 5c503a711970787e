//! The commands that exist only in the database.

use sqlx::postgres::PgConnection;

use super::json_rows;
use crate::catalog::{Entry, extra};
use crate::failure::Result;

/// The active commands of the database that are in neither the program nor the directories.
pub async fn commands(connection: &mut PgConnection) -> Result<Vec<Entry>> {
    let sql = "select spec::text from dot.dot_command_catalog where source <> 'binary' and status = 'active'";
    json_rows(connection, sql).await?.into_iter().map(extra::from_row).collect()
}
