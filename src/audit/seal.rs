//! `dot audit seal`: the database appends, the client computes the root from the entries themselves and signs it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use signed_note::{Signer, StandardSigner};
use sqlx::postgres::PgConnection;
use tlog_tiles::{Hash, record_hash};

use super::tree::Frontier;
use super::{keys, note, store};
use crate::database::query::json_rows_with;
use crate::envelope::Mode;
use crate::failure::{Failure, Kind, Result};
use crate::files;
use crate::pipeline::refusal::refusal;
use crate::pipeline::{Invocation, Outcome};

fn checkpoint_out(invocation: &Invocation) -> Option<PathBuf> {
    invocation.args.get("checkpoint-out").and_then(Value::as_str).map(PathBuf::from)
}

/// The key, which was found out before.
fn key_place(invocation: &Invocation) -> PathBuf {
    PathBuf::from(invocation.text("key").unwrap_or_default())
}

/// What sealing does inside the pipeline's transaction.
pub async fn effect(connection: &mut PgConnection, invocation: &Invocation) -> Result<Value> {
    if let Some(wanted) = checkpoint_out(invocation) {
        files::place("--checkpoint-out", &wanted)?;
    }
    let place = &key_place(invocation);
    let (key, public) = keys::signer(place)?;
    let remembered = Remembered::load(&key, place)?;
    let all = invocation.args.get("all") == Some(&Value::Bool(true));
    let (from, size, numbers) = append(connection, all).await?;
    let head = store::head(connection).await?;
    if let Some(head) = head.as_ref().filter(|head| head.origin != key.name()) {
        return Err(Failure::new(
            Kind::Refused,
            format!("this log is {}, and this key speaks for {}", head.origin, key.name()),
        )
        .hint(format!("Name its key with --key, or make it a new one: dot audit keygen --name {}", head.origin)));
    }
    let mut frontier = head.as_ref().and_then(|head| trusted(&key, head)).unwrap_or_default();
    let mut promised: Vec<(u64, Hash, String)> = Vec::new();
    promised.extend(remembered.map(|last| (last.size, last.root, last.place.display().to_string())));
    promised.extend(head.iter().filter_map(|head| {
        note::open(&head.note, &[]).map(|said| (said.size, said.root, "the newest checkpoint".to_owned()))
    }));
    // What was appended just now is no part of what was promised, however many leaves there are with it.
    if let Some((promised, _, who)) = promised.iter().find(|(promised, ..)| *promised > from) {
        return Err(rewritten(&format!("the log had {from} leaves, and {who} says {promised}")));
    }
    check(&frontier, &promised)?;
    while frontier.size() < size {
        let at = frontier.size();
        let leaves = store::read(connection, at, size.min(at + store::CHUNK)).await?;
        if leaves.is_empty() {
            return Err(rewritten(&format!("leaf {at} is missing")));
        }
        for leaf in leaves {
            let hash = record_hash(leaf.entry.as_bytes());
            if leaf.index != frontier.size() || hash != leaf.hash {
                return Err(rewritten(&format!("leaf {} is not what it was", frontier.size())));
            }
            frontier.push(hash);
            check(&frontier, &promised)?;
        }
    }

    let root = frontier.root();
    let note = note::sign(&key, size, root)?;
    let sql = "select dot.fn_audit_checkpoint($1, $2)::text";
    let stored = call(connection, sql, &[Some(note.clone()), Some(public)]).await?;
    Ok(json!({
        "sealed": size - from,
        "signed": size - head.as_ref().map_or(0, |head| head.size.min(size)),
        "size": size,
        "root": root.to_string(),
        "origin": key.name(),
        "key_id": format!("{:08x}", key.key_id()),
        "checkpoint": stored["checkpoint"],
        "numbers": numbers,
        "note": note,
    }))
}

/// Appends until nothing waits. Gives the index from which leaves are new, the size of the log now, and how far the numbers
/// of runs are settled.
async fn append(connection: &mut PgConnection, all: bool) -> Result<(u64, u64, Value)> {
    let mut from = None;
    loop {
        let sql = "select dot.fn_audit_seal($1::text::boolean)::text";
        // Only the first call looks through everything; what it finds waits for the next ones.
        let sealed = call(connection, sql, &[Some((all && from.is_none()).to_string())]).await?;
        let start = *from.get_or_insert(sealed["from"].as_u64().unwrap_or_default());
        if sealed["more"] != true {
            return Ok((start, sealed["size"].as_u64().unwrap_or_default(), sealed["numbers"].clone()));
        }
    }
}

async fn call(connection: &mut PgConnection, sql: &str, parameters: &[Option<String>]) -> Result<Value> {
    let answer = json_rows_with(connection, sql, parameters).await?.pop().unwrap_or_default();
    refusal(&answer).map_or(Ok(answer), Err)
}

/// The frontier of a checkpoint that this very key signed: Ed25519 signs the same text the same way, and nobody else can.
/// Any other is not built on; the log is then read from its start.
fn trusted(key: &StandardSigner, head: &store::Head) -> Option<Frontier> {
    let frontier = head.frontier.clone()?;
    let own = note::sign(key, head.size, frontier.root()).ok()?;
    (own == head.note).then_some(frontier)
}

/// What was promised of the log at this size must hold.
fn check(frontier: &Frontier, promised: &[(u64, Hash, String)]) -> Result<()> {
    for (size, root, who) in promised {
        if *size == frontier.size() && *root != frontier.root() {
            return Err(rewritten(&format!("its first {size} leaves are not those of {who}")));
        }
    }
    Ok(())
}

fn rewritten(what: &str) -> Failure {
    Failure::new(Kind::Refused, format!("the log was rewritten, cut or restored since it was last signed: {what}")).hint(
        "Nothing was signed. Look at it with dot audit verify. If an older backup was restored on purpose, keep the .checkpoint file \
         beside the key as evidence under another name, and make a new key for the log: dot audit keygen --name ORIGIN",
    )
}

/// The last checkpoint that this key signed, as kept beside it.
struct Remembered {
    size: u64,
    root: Hash,
    place: PathBuf,
}

impl Remembered {
    fn load(key: &StandardSigner, key_place: &Path) -> Result<Option<Remembered>> {
        let place = keys::checkpoint_place(key_place);
        let Some(text) = keys::kept_checkpoint(&place)? else {
            return Ok(None);
        };
        let said = note::open(&text, &[]).ok_or_else(|| note::malformed(&place.display().to_string()))?;
        if note::sign(key, said.size, said.root)? != text {
            return Err(Failure::new(Kind::Refused, format!("{} was not signed by this key", place.display()))
                .hint("It belongs to another key; move it away if that key is no longer used."));
        }
        Ok(Some(Remembered { size: said.size, root: said.root, place }))
    }
}

/// After the commit: keeps the checkpoint outside the database, beside the key and where the caller wants it.
pub fn keep(invocation: &Invocation, outcome: &Outcome) -> Result<()> {
    if invocation.mode == Mode::DryRun || outcome.replayed {
        return Ok(());
    }
    let note = outcome.data["note"].as_str().unwrap_or_default();
    let wanted = checkpoint_out(invocation).map(|wanted| files::place("--checkpoint-out", &wanted)).transpose();
    let beside = keys::checkpoint_place(&key_place(invocation));
    // The run is committed: whoever tries again seals again.
    let kept = wanted.and_then(|wanted| {
        [Some(beside), wanted].into_iter().flatten().try_for_each(|path| keys::keep_checkpoint(&path, note))
    });
    kept.map_err(|failure| {
        Failure::new(
            Kind::Partial,
            format!("the log is sealed and signed, and its checkpoint is not kept: {}", failure.message),
        )
        .hint("dot audit status shows it; dot audit checkpoints gives its text.")
    })
}
