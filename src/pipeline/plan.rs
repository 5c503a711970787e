//! A plan: a rehearsal that was kept, so that exactly that can be applied later.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnection;
use uuid::Uuid;

use super::Invocation;
use super::images::{RowImage, SHOWN};
use crate::database::json_rows;
use crate::failure::{At, Failure, Kind, Result};
use crate::hex::hex;

const FORMAT: &str = "2";
/// How long a plan can be applied.
const LIFETIME_HOURS: i64 = 24;

/// The plan file: everything that apply needs, and the sha-256 over all of it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Plan {
    pub format_version: String,
    pub command: String,
    pub args: Map<String, Value>,
    /// Measured, as `fn_command_measure` gives them.
    pub effects: Value,
    /// What is measured again when it is applied, and must be the same: the effects, the digests of the replaced rows as they
    /// were and as they become (null where there were too many to look at), and that of the code.
    pub bound: Value,
    /// The digest of the command's declaration.
    pub catalog_digest: String,
    /// `{system_identifier, database}`.
    pub database: Value,
    /// The context it was made in, and the environment that this context names.
    pub context: Option<String>,
    pub environment: Option<String>,
    /// The run that it takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo_of: Option<Uuid>,
    pub actor: String,
    /// RFC 3339.
    pub made_at: String,
    pub expires_at: String,
    /// A sample of the changed rows.
    pub rows: Vec<Value>,
    /// The sha-256, in hexadecimal, of all the above as compact JSON.
    #[serde(default)]
    pub digest: String,
}

impl Plan {
    pub async fn new(
        connection: &mut PgConnection,
        invocation: &Invocation,
        effects: &Value,
        bound: &Value,
        rows: &[RowImage],
    ) -> Result<Plan> {
        let spec = &invocation.command.spec;
        if let Some(secret) = spec.args.iter().find(|arg| arg.secret && invocation.args.contains_key(&arg.name)) {
            return Err(Failure::usage(format!("--{} is a secret and cannot be kept in a plan", secret.name)));
        }
        let (now, expires) = lifetime()?;
        let mut plan = Plan {
            format_version: FORMAT.to_owned(),
            command: spec.code.clone(),
            args: invocation.args.clone(),
            effects: effects.clone(),
            bound: bound.clone(),
            catalog_digest: invocation.command.digest.clone(),
            database: identity(connection).await?,
            context: invocation.envelope.context.clone(),
            environment: invocation.envelope.environment.clone(),
            undo_of: invocation.undo_of,
            actor: invocation.envelope.actor.clone(),
            made_at: now,
            expires_at: expires,
            rows: rows.iter().take(SHOWN).map(|image| json!(image)).collect(),
            digest: String::new(),
        };
        plan.digest = plan.computed_digest()?;
        Ok(plan)
    }

    /// The plan that the payload of an approved proposal holds. How long it may be applied is the proposal's to say.
    pub fn approved(payload: &Value, proposal: &Value) -> Result<Plan> {
        let text = |key: &str| payload[key].as_str().map(str::to_owned);
        let (now, expires) = lifetime()?;
        let mut plan = Plan {
            format_version: FORMAT.to_owned(),
            command: text("command").unwrap_or_default(),
            args: payload["args"].as_object().cloned().unwrap_or_default(),
            effects: Value::Null,
            bound: payload["plan"].clone(),
            catalog_digest: text("catalog_digest").unwrap_or_default(),
            database: payload["database"].clone(),
            context: text("context"),
            environment: text("environment"),
            undo_of: payload["undo_of"].as_str().and_then(|run| run.parse().ok()),
            actor: format!("proposal {}", proposal.as_str().unwrap_or_default()),
            made_at: now,
            expires_at: expires,
            rows: Vec::new(),
            digest: String::new(),
        };
        plan.digest = plan.computed_digest()?;
        Ok(plan)
    }

    fn computed_digest(&self) -> Result<String> {
        let bare = Plan { digest: String::new(), ..self.clone() };
        let text = serde_json::to_string(&bare).map_err(|cause| Failure::unexpected(cause.to_string()))?;
        Ok(hex(&Sha256::digest(text)))
    }

    /// Writes the file whole, for its owner only, since arguments may be confidential.
    pub fn save(&self, path: &Path) -> Result<()> {
        let place = || format!("cannot write the plan {}", path.display());
        let text = serde_json::to_string_pretty(self).map_err(|cause| Failure::unexpected(cause.to_string()))?;
        // A link stays one.
        let path = &std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let fresh = path.with_extension(format!("{}.new", std::process::id()));
        let mut file =
            std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh).at(place)?;
        let written = file
            .write_all(text.as_bytes())
            .and_then(|()| file.write_all(b"\n"))
            .and_then(|()| file.sync_all())
            .and_then(|()| std::fs::rename(&fresh, path));
        if written.is_err() {
            let _ = std::fs::remove_file(&fresh);
        }
        written.at(place)
    }

    /// Reads a plan and checks that it is whole.
    pub fn load(path: &Path) -> Result<Plan> {
        let text = std::fs::read_to_string(path).at(|| format!("cannot read the plan {}", path.display()))?;
        let invalid = |why: String| {
            Failure::new(Kind::Invalid, format!("{} is not a plan that can be applied: {why}", path.display()))
                .hint("Make a new one with --dry-run --plan-out FILE.")
        };
        let plan: Plan = serde_json::from_str(&text).map_err(|cause| invalid(cause.to_string()))?;
        if plan.format_version != FORMAT {
            return Err(invalid(format!("its format is {}, this program's is {FORMAT}", plan.format_version)));
        }
        if plan.computed_digest()? != plan.digest {
            return Err(invalid("it was changed after it was made".to_owned()));
        }
        Ok(plan)
    }
}

/// From when and until when a plan made now can be applied.
fn lifetime() -> Result<(String, String)> {
    let now = jiff::Timestamp::now();
    let expires = now
        .checked_add(jiff::SignedDuration::from_hours(LIFETIME_HOURS))
        .map_err(|cause| Failure::unexpected(cause.to_string()))?;
    Ok((now.to_string(), expires.to_string()))
}

/// Which database this is, so that a plan is applied nowhere else.
pub async fn identity(connection: &mut PgConnection) -> Result<Value> {
    Ok(json_rows(connection, "select dot.fn_command_database()::text").await?.pop().unwrap_or_default())
}
