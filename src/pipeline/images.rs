//! Row images: what each changed row was and becomes, as `fn_command_images` finds them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Rows shown where the user named no number.
pub const SHOWN: usize = 10;

/// One changed row.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct RowImage {
    pub table: String,
    /// The primary key, `{column: value}`.
    pub key: Value,
    /// Absent for an inserted row.
    pub before: Option<Value>,
    /// Absent for a deleted row.
    pub after: Option<Value>,
}
