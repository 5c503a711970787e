//! `dot audit verify`: the log against the audit, against what was signed, and against what is kept elsewhere.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use signed_note::StandardVerifier;
use sqlx::postgres::PgConnection;

use super::findings::Findings;
use super::log::{Export, Promise, Walk};
use super::note::{self, Signed, Statement};
use super::store::{self, CHUNK, Stored};
use super::{keys, objects};
use crate::database::{Session, query};
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::{Invocation, Outcome, begin, read};
use crate::signature::decisions::{self, Held};
use crate::signature::signers::Signers;

/// The most connections that compute at once.
const WORKERS: u64 = 4;

/// How long one of them is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the caller brings: keys, and what was kept outside the database.
struct Witness {
    keys: Vec<StandardVerifier>,
    /// The place of each checkpoint, its text, and what it says.
    checkpoints: Vec<(String, String, Statement)>,
    export: Option<Export>,
}

impl Witness {
    async fn load(session: &mut Session, invocation: &Invocation) -> Result<Witness> {
        let named = texts(invocation, "key");
        let own = keys::place(session, None, invocation.envelope.context.as_deref()).await;
        let own = own.ok().map(|own| keys::public_place(&own));
        let keys = match &own {
            _ if !named.is_empty() => named.iter().map(|key| keys::verifier(key)).collect::<Result<Vec<_>>>()?,
            Some(own) if own.exists() => vec![keys::verifier(&own.display().to_string())?],
            _ => Vec::new(),
        };
        let mut checkpoints = Vec::new();
        let mut add = |place: &str, text: String| {
            let statement = note::open(&text, &keys).ok_or_else(|| note::malformed(place))?;
            checkpoints.push((place.to_owned(), text, statement));
            Ok::<(), Failure>(())
        };
        for place in texts(invocation, "checkpoint") {
            let text = keys::kept_checkpoint(Path::new(&place))?
                .ok_or_else(|| Failure::new(Kind::NotFound, format!("there is no file {place}")))?;
            add(&place, text)?;
        }
        // What a key signed last lies beside it.
        let beside = if named.is_empty() {
            own.into_iter().collect()
        } else {
            named.iter().map(PathBuf::from).collect::<Vec<_>>()
        };
        for place in beside.iter().map(|key| keys::checkpoint_place(key)) {
            if let Some(text) = keys::kept_checkpoint(&place)? {
                add(&place.display().to_string(), text)?;
            }
        }
        let export = invocation.args.get("export").and_then(Value::as_str);
        let export = export.map(|path| Export::open(Path::new(path))).transpose()?;
        Ok(Witness { keys, checkpoints, export })
    }
}

fn texts(invocation: &Invocation, name: &str) -> Vec<String> {
    let given = invocation.args.get(name).and_then(Value::as_array);
    given.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// More connections that see the log, at most as many as wanted. Behind a pooler each waits for its turn while this one keeps
/// its own, and so might everybody else who verifies: none waits for long, and it goes on with those that came.
async fn helpers(session: &mut Session, locals: &str, wanted: u64) -> Result<Vec<PgConnection>> {
    let mut helpers = Vec::new();
    for _ in 0..wanted {
        let begun = async {
            let mut helper = session.connect().await?;
            store::begin(&mut helper, locals).await?;
            Ok::<_, Failure>(helper)
        };
        match tokio::time::timeout(PATIENCE, begun).await {
            Ok(Ok(helper)) => helpers.push(helper),
            Ok(Err(failure)) if failure.kind != Kind::Unavailable => return Err(failure),
            Ok(Err(_)) | Err(_) => break,
        }
    }
    Ok(helpers)
}

pub async fn verify(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let started = Instant::now();
    let witness = Witness::load(session, invocation).await?;
    let signers = invocation.text("signers").map(Signers::read).transpose()?;
    session.connection().await?;
    let locals = session.locals();
    let connection = session.connection().await?;
    begin::require_platform(connection).await?;
    store::begin(connection, &locals).await?;
    read::admit(connection, invocation).await?;
    let size = store::size(connection).await?;
    let stored = store::checkpoints(connection).await?;

    let mut findings = Findings::default();
    let promises = promises(&stored, &witness, &mut findings);
    let cores = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    // One more than can run at once: while what one has computed is taken in, the others keep the machine busy.
    let wanted = (cores + 1).min(WORKERS).min(size.div_ceil(CHUNK));
    let workers = helpers(session, &locals, wanted).await?;
    let mut of_objects = Findings::default();
    let options = session.options().await?;
    let connection = session.connection().await?;
    let databases = [vec![decisions::database(connection).await?], texts(invocation, "restored-from")].concat();
    let held = Held { databases: &databases, signers: signers.as_ref() };
    let walk = Walk::new(promises, witness.export, &mut findings);
    let root = if workers.is_empty() && wanted > 0 {
        objects::check(connection, &options, &held, &mut of_objects).await?;
        walk.alone(size, connection).await?
    } else {
        let (root, checked) =
            tokio::join!(walk.over(size, workers), objects::check(connection, &options, &held, &mut of_objects));
        checked?;
        root?
    };
    findings.extend(of_objects);
    let connection = session.connection().await?;
    let lost = store::lost(connection).await?;
    query::execute(connection, "rollback").await?;

    let signatures = match (witness.keys.is_empty(), stored.is_empty()) {
        (_, true) => "nothing was signed",
        (true, _) => "not checked: no public key; name it with --key",
        (false, _) if findings.has("checkpoint_unsigned") => "not all by the key",
        _ => "verified",
    };
    Ok(Outcome::of(json!({
        "ok": findings.is_empty(),
        "leaves": size,
        "root": root.to_string(),
        "origin": stored.last().map(|last| &last.origin),
        "checkpoints": stored.len(),
        "kept_elsewhere": witness.checkpoints.len(),
        "signatures": signatures,
        "unsigned_leaves": size.saturating_sub(stored.iter().map(|row| row.size).max().unwrap_or_default()),
        "lost_numbers": lost,
        "first_bad_index": findings.first_bad_index(),
        "findings": findings.to_json(),
        "milliseconds": started.elapsed().as_millis() as u64,
    })))
}

/// The roots that the log must have. A checkpoint that is not sound itself promises nothing, and is a finding.
fn promises(stored: &[Stored], witness: &Witness, findings: &mut Findings) -> Vec<Promise> {
    let mut promises = Vec::new();
    for row in stored {
        let who = format!("checkpoint {}", row.id);
        let said = note::open(&row.note, &witness.keys).filter(|said| {
            (said.size, said.root.to_string(), &said.origin) == (row.size, row.root.clone(), &row.origin)
        });
        match said {
            None => findings.add("checkpoint_edited", None, json!({ "who": who, "size": row.size })),
            Some(said) if said.signed == Signed::No => {
                findings.add(
                    "checkpoint_unsigned",
                    None,
                    json!({ "who": who, "size": row.size, "origin": row.origin }),
                );
            }
            Some(said) => promises.push(Promise { size: said.size, root: said.root, who }),
        }
    }
    let origin = stored.last().map(|last| &last.origin);
    for (place, text, said) in &witness.checkpoints {
        let case = json!({ "who": place, "size": said.size, "origin": said.origin });
        if said.signed == Signed::No {
            findings.add("checkpoint_unsigned", None, case);
            continue;
        }
        if origin.is_some_and(|origin| *origin != said.origin) {
            findings.add("checkpoint_of_another_log", Some(0), case);
        } else if !stored.iter().any(|row| row.note == *text) {
            findings.add("checkpoint_missing", None, case);
        }
        promises.push(Promise { size: said.size, root: said.root, who: place.clone() });
    }
    promises
}
