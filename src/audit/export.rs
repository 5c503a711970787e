//! `dot audit export`: the log as a file, one JSON object a line, in constant memory.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::store::{self, CHUNK};
use crate::database::{Session, query};
use crate::failure::{At, Result};
use crate::files;
use crate::hex::hex;
use crate::pipeline::{Invocation, Outcome, begin, read};

pub async fn export(session: &mut Session, invocation: &Invocation) -> Result<Outcome> {
    let place = PathBuf::from(invocation.args.get("file").and_then(Value::as_str).unwrap_or_default());
    let place = files::place("FILE", &place)?;
    let mut index = invocation.args.get("from").and_then(Value::as_u64).unwrap_or_default();
    session.connection().await?;
    let locals = session.locals();
    let connection = session.connection().await?;
    begin::require_platform(connection).await?;
    let mut lines = Lines::create(&place)?;
    store::begin(connection, &locals).await?;
    read::admit(connection, invocation).await?;
    let size = store::size(connection).await?;
    let mut checkpoints = store::checkpoints(connection).await?;
    checkpoints.sort_by_key(|checkpoint| (checkpoint.size, checkpoint.id));
    let first = index;
    let mut checkpoints = checkpoints.into_iter().skip_while(|checkpoint| checkpoint.size < first).peekable();
    let (mut leaves, mut notes) = (0_u64, 0_u64);
    loop {
        // A checkpoint follows the last leaf that it covers.
        while let Some(checkpoint) = checkpoints.next_if(|checkpoint| checkpoint.size <= index) {
            lines.write(&json!({ "checkpoint": checkpoint.note }))?;
            notes += 1;
        }
        if index >= size {
            break;
        }
        let next = checkpoints.peek().map_or(size, |checkpoint| checkpoint.size);
        let to = next.min(size).min(index + CHUNK);
        for leaf in store::read(connection, index, to).await? {
            let line = json!({ "index": leaf.index, "kind": leaf.kind, "run_id": leaf.run_id, "hash": leaf.hash.to_string(), "entry": leaf.entry });
            lines.write(&line)?;
            leaves += 1;
        }
        index = to;
    }
    query::execute(connection, "rollback").await?;
    let sha256 = lines.finish()?;
    Ok(Outcome::of(json!({ "file": place, "leaves": leaves, "checkpoints": notes, "size": size, "sha256": sha256 })))
}

/// A file that takes its place only when it is whole. Its owner alone may read it: arguments may be confidential.
struct Lines {
    place: PathBuf,
    fresh: PathBuf,
    file: BufWriter<File>,
    digest: Sha256,
}

impl Lines {
    fn create(place: &std::path::Path) -> Result<Lines> {
        let mut fresh = place.as_os_str().to_owned();
        fresh.push(format!(".{}.new", std::process::id()));
        let fresh = PathBuf::from(fresh);
        let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh);
        let file = file.at(|| format!("cannot write {}", fresh.display()))?;
        Ok(Lines { place: place.to_owned(), fresh, file: BufWriter::new(file), digest: Sha256::new() })
    }

    fn write(&mut self, line: &Value) -> Result<()> {
        let text = format!("{line}\n");
        self.digest.update(&text);
        self.file.write_all(text.as_bytes()).at(|| format!("cannot write {}", self.fresh.display()))
    }

    fn finish(mut self) -> Result<String> {
        let place = || format!("cannot write {}", self.place.display());
        self.file.flush().at(place)?;
        self.file.get_ref().sync_all().at(place)?;
        fs::rename(&self.fresh, &self.place).at(place)?;
        Ok(hex(&self.digest.finalize_reset()))
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        // Gone already where the export was finished.
        let _ = fs::remove_file(&self.fresh);
    }
}
