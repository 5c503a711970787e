//! `dot audit prove`: a run as it was sealed, its path to a signed root, and the signature, in one file.

use std::fs;
use std::path::PathBuf;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};
use tlog_tiles::{Hash, check_record, record_hash};

use super::store::{self, CHUNK};
use super::tree::{self, Path};
use super::{note, tree::Frontier};
use crate::database::{Session, query, query::json_rows_with};
use crate::failure::{At, Failure, Kind, Result};
use crate::pipeline::{Invocation, Outcome, begin, read};

const FORMAT: &str = "c2sp.org/tlog-proof@v1";

/// A C2SP tlog-proof whose extra data is the entry itself; then, after a zero byte, which no entry has, the signed decisions that
/// carried the run as JSON, where there are any.
#[derive(Clone, Debug)]
pub struct Proof {
    pub index: u64,
    pub entry: String,
    pub path: Vec<Hash>,
    pub checkpoint: String,
    pub approval: Option<Value>,
}

impl Proof {
    pub fn to_text(&self) -> String {
        let path: String = self.path.iter().map(|hash| format!("{hash}\n")).collect();
        format!(
            "{FORMAT}\nextra {}\nindex {}\n{path}\n{}",
            BASE64_STANDARD.encode(self.extra()),
            self.index,
            self.checkpoint
        )
    }

    fn extra(&self) -> String {
        self.approval.as_ref().map_or_else(|| self.entry.clone(), |approval| format!("{}\0{approval}", self.entry))
    }

    /// None where the text is not of the format, or carries no entry.
    pub fn parse(text: &str) -> Option<Proof> {
        let (head, checkpoint) = text.split_once("\n\n")?;
        let mut lines = head.split('\n');
        if lines.next()? != FORMAT {
            return None;
        }
        let extra = BASE64_STANDARD.decode(lines.next()?.strip_prefix("extra ")?).ok()?;
        let extra = String::from_utf8(extra).ok()?;
        let (entry, approval) = match extra.split_once('\0') {
            Some((entry, approval)) => (entry, Some(serde_json::from_str(approval).ok()?)),
            None => (extra.as_str(), None),
        };
        let index = lines.next()?.strip_prefix("index ")?;
        let number: u64 = index.parse().ok()?;
        let path = lines.map(|line| Hash::parse_hash(line).ok()).collect::<Option<Vec<_>>>()?;
        (number.to_string() == index).then_some(Proof {
            index: number,
            entry: entry.to_owned(),
            path,
            checkpoint: checkpoint.to_owned(),
            approval,
        })
    }

    /// Whether the entry stands at the index of the tree of this size and root.
    pub fn holds(&self, size: u64, root: Hash) -> bool {
        check_record(&self.path, size, root, self.index, record_hash(self.entry.as_bytes())).is_ok()
    }
}

pub async fn prove(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let run = invocation.args.get("run-id").and_then(Value::as_str).unwrap_or_default();
    let kind = if invocation.args.get("verdict") == Some(&Value::Bool(true)) { "verdict/1" } else { "run/1" };
    let out = invocation.args.get("out").and_then(Value::as_str);
    let out = out.map_or_else(|| PathBuf::from(format!("{run}.tlog-proof")), PathBuf::from);
    session.connection().await?;
    let locals = session.locals();
    let connection = session.connection().await?;
    begin::require_platform(connection).await?;
    store::begin(connection, &locals).await?;
    read::admit(connection, invocation).await?;
    let sealed = store::leaves_of(connection, run).await?;
    let index = sealed["leaves"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|leaf| leaf["kind"] == kind)
        .and_then(|leaf| leaf["index"].as_u64())
        .ok_or_else(|| {
            Failure::new(Kind::NotFound, format!("run {run} has no sealed verdict")).hint("See: dot audit show RUN")
        })?;
    let unsigned = || {
        Failure::new(Kind::Refused, format!("leaf {index} is not covered by a checkpoint yet"))
            .hint("Sign the log: dot audit seal")
    };
    let head = store::head(connection).await?.filter(|head| head.size > index).ok_or_else(unsigned)?;
    let entry = store::read(connection, index, index + 1).await?.pop().map(|leaf| leaf.entry).unwrap_or_default();
    let mut path = Path::new(index, head.size).ok_or_else(unsigned)?;
    let mut whole = Frontier::default();
    let mut from = 0;
    while from < head.size {
        let to = head.size.min(from + CHUNK);
        for hash in tree::hashes(&store::hashes(connection, from, to).await?) {
            path.push(hash);
            whole.push(hash);
        }
        from = to;
    }
    // The verdict of a pair needs no approval.
    let approval = match kind {
        "run/1" => {
            let sql = "select dot.fn_review_proof($1::text::uuid)::text";
            json_rows_with(connection, sql, &[Some(run.to_owned())]).await?.pop().filter(|approval| !approval.is_null())
        }
        _ => None,
    };
    query::execute(connection, "rollback").await?;
    let decisions = approval.as_ref().map_or(Value::Null, |approval| approval["decisions"].clone());
    let proof = Proof { index, entry, path: path.hashes(), checkpoint: head.note, approval };
    let said = note::open(&proof.checkpoint, &[]).ok_or_else(|| note::malformed("the newest checkpoint"))?;
    if whole.size() != said.size || !proof.holds(said.size, said.root) {
        return Err(Failure::new(
            Kind::Refused,
            "the log is not what its newest checkpoint says, so nothing can be proved from it",
        )
        .hint("Look what has changed: dot audit verify"));
    }
    fs::write(&out, proof.to_text()).at(|| format!("cannot write {}", out.display()))?;
    Ok(Outcome::of(json!({
        "file": out,
        "run_id": run,
        "kind": kind,
        "index": index,
        "size": said.size,
        "root": said.root.to_string(),
        "origin": said.origin,
        "decisions": decisions,
        "check": format!("dot audit check-proof {} --key PUB", out.display()),
    })))
}
