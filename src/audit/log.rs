//! The walk over the log: every leaf computed anew, in order, and every promised root compared on the way.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;
use tlog_tiles::Hash;
use tokio::sync::mpsc;

use super::entry;
use super::findings::Findings;
use super::store::{self, CHUNK, Compared};
use super::tree::{self, Frontier};
use crate::failure::{At, Failure, Kind, Result};

/// A root that the log must have at a size.
#[derive(Clone, Debug)]
pub struct Promise {
    pub size: u64,
    pub root: Hash,
    /// `checkpoint 12`, or the file.
    pub who: String,
}

/// What the walk has to go by, and what it has found.
pub struct Walk<'a> {
    frontier: Frontier,
    /// By size; `next` is the first that is not compared yet.
    promises: Vec<Promise>,
    next: usize,
    /// The size up to which the log is as promised.
    good: u64,
    /// The first leaf that is not there; no root can be computed from there on.
    gap: Option<u64>,
    export: Option<Export>,
    findings: &'a mut Findings,
}

impl<'a> Walk<'a> {
    pub fn new(mut promises: Vec<Promise>, export: Option<Export>, findings: &'a mut Findings) -> Walk<'a> {
        promises.sort_by_key(|promise| promise.size);
        Walk { frontier: Frontier::default(), promises, next: 0, good: 0, gap: None, export, findings }
    }

    /// Walks over `size` leaves, which `connections` compute by turns. Gives the root.
    pub async fn over(mut self, size: u64, connections: Vec<PgConnection>) -> Result<Hash> {
        self.compare_roots();
        let workers = connections.len().max(1) as u64;
        let mut results: Vec<mpsc::Receiver<Result<(Part, Compared)>>> = Vec::new();
        for (worker, connection) in (0..).zip(connections) {
            let (send, receive) = mpsc::channel(1);
            tokio::spawn(compute(connection, worker, workers, size, send));
            results.push(receive);
        }
        let mut from = 0;
        while from < size {
            let worker = usize::try_from(from / CHUNK % workers).unwrap_or_default();
            let lost = || Failure::new(Kind::Unavailable, "the connection to the database was lost");
            let (part, compared) = results[worker].recv().await.ok_or_else(lost)??;
            let is_empty = compared.leaves == 0;
            self.chunk(part, &compared)?;
            if is_empty {
                // A chunk with nothing in it: an index was made up that is far beyond the end, and there is no point in going there.
                break;
            }
            from += CHUNK;
        }
        self.end(size)?;
        Ok(self.frontier.root())
    }

    /// Walks over `size` leaves with the one connection there is.
    pub async fn alone(mut self, size: u64, connection: &mut PgConnection) -> Result<Hash> {
        self.compare_roots();
        let mut from = 0;
        while from < size {
            let (part, compared) = part(connection, from, size.min(from + CHUNK)).await?;
            let is_empty = compared.leaves == 0;
            self.chunk(part, &compared)?;
            if is_empty {
                break;
            }
            from += CHUNK;
        }
        self.end(size)?;
        Ok(self.frontier.root())
    }

    fn chunk(&mut self, part: Part, compared: &Compared) -> Result<()> {
        for found in &compared.findings {
            let name = found["finding"].as_str().unwrap_or_default();
            let mut case = json!({ "index": found["index"], "run_id": found["run_id"] });
            if let (Some(sealed), Some(live)) = (found["sealed"].as_str(), found["live"].as_str()) {
                case["changed"] = json!(entry::differences(sealed, live));
            }
            self.findings.add(name, found["index"].as_u64(), case);
        }
        for missing in &part.missing {
            self.findings.add("leaf_missing", Some(*missing), json!({ "index": missing }));
        }
        if self.gap.is_none() {
            self.gap = part.missing.first().copied();
        }
        for (index, hash) in (part.from..).zip(tree::hashes(&compared.hashes)) {
            // The places of what comes after a gap in the same chunk are no longer known.
            if part.missing.first().is_some_and(|missing| index >= *missing) {
                break;
            }
            self.export_says(index, hash)?;
            if self.gap.is_none() {
                self.frontier.push(hash);
                self.compare_roots();
            }
        }
        Ok(())
    }

    /// Compares with every promise for the size just reached.
    fn compare_roots(&mut self) {
        while let Some(promise) = self.promises.get(self.next).filter(|promise| promise.size == self.frontier.size()) {
            if promise.root == self.frontier.root() {
                self.good = promise.size;
            } else {
                let case = json!({ "size": promise.size, "who": promise.who, "signed": promise.root.to_string(), "computed": self.frontier.root().to_string() });
                self.findings.range("root_differs", Some(self.good), Some(promise.size), case);
            }
            self.next += 1;
        }
    }

    fn export_says(&mut self, index: u64, hash: Hash) -> Result<()> {
        if let Some(export) = &mut self.export
            && let Some(wanted) = export.hash_of(index)?
            && wanted != hash
        {
            self.findings.add("leaf_rewritten", Some(index), json!({ "index": index }));
        }
        Ok(())
    }

    /// What is promised or was exported beyond the end.
    fn end(&mut self, size: u64) -> Result<()> {
        let beyond: Vec<Promise> = self.promises.iter().filter(|promise| promise.size > size).cloned().collect();
        for promise in beyond {
            let case = json!({ "leaves": size, "signed": promise.size, "who": promise.who });
            self.findings.range("tail_missing", Some(size), None, case);
        }
        if let Some(export) = &mut self.export
            && let Some(last) = export.last()?
            && last >= size
        {
            let case = json!({ "leaves": size, "exported": last + 1, "who": "the export" });
            self.findings.range("tail_missing", Some(size), None, case);
        }
        Ok(())
    }
}

/// One chunk's place, and which of its leaves are not there.
struct Part {
    from: u64,
    missing: Vec<u64>,
}

/// Computes every `workers`-th chunk and sends it, at most one ahead.
async fn compute(
    mut connection: PgConnection,
    worker: u64,
    workers: u64,
    size: u64,
    send: mpsc::Sender<Result<(Part, Compared)>>,
) {
    let mut from = worker * CHUNK;
    while from < size {
        if send.send(part(&mut connection, from, size.min(from + CHUNK)).await).await.is_err() {
            return;
        }
        from += workers * CHUNK;
    }
}

/// One chunk computed anew, with what of it is not there.
async fn part(connection: &mut PgConnection, from: u64, to: u64) -> Result<(Part, Compared)> {
    let compared = store::compare(connection, from, to).await?;
    let missing = if compared.leaves == to - from { Vec::new() } else { missing(connection, from, to).await? };
    Ok((Part { from, missing }, compared))
}

async fn missing(connection: &mut PgConnection, from: u64, to: u64) -> Result<Vec<u64>> {
    let there: std::collections::BTreeSet<u64> =
        store::read(connection, from, to).await?.into_iter().map(|leaf| leaf.index).collect();
    Ok((from..to).filter(|index| !there.contains(index)).collect())
}

/// The leaves of an earlier export, read along.
pub struct Export {
    lines: std::io::Lines<BufReader<File>>,
    place: String,
    /// The leaf read last.
    current: Option<(u64, Hash)>,
}

impl Export {
    pub fn open(path: &Path) -> Result<Export> {
        let file = File::open(path).at(|| format!("cannot read the export {}", path.display()))?;
        let mut export =
            Export { lines: BufReader::new(file).lines(), place: path.display().to_string(), current: None };
        export.current = export.next()?;
        Ok(export)
    }

    fn next(&mut self) -> Result<Option<(u64, Hash)>> {
        loop {
            let Some(line) = self.lines.next() else {
                return Ok(None);
            };
            let line = line.at(|| format!("cannot read the export {}", self.place))?;
            let value: Value = serde_json::from_str(&line).unwrap_or_default();
            let hash = value["hash"].as_str().and_then(|text| Hash::parse_hash(text).ok());
            match (value["index"].as_u64(), hash) {
                (Some(index), Some(hash)) => return Ok(Some((index, hash))),
                _ if value["checkpoint"].is_string() => {}
                _ => {
                    return Err(Failure::new(Kind::Invalid, format!("{} is not an export of the log", self.place))
                        .hint("It is what dot audit export wrote."));
                }
            }
        }
    }

    /// The hash that the export has at `index`; indexes are asked for in order.
    fn hash_of(&mut self, index: u64) -> Result<Option<Hash>> {
        while let Some((current, hash)) = self.current {
            if current >= index {
                return Ok((current == index).then_some(hash));
            }
            self.current = self.next()?;
        }
        Ok(None)
    }

    /// The last index of the export, if any of it is still to come.
    fn last(&mut self) -> Result<Option<u64>> {
        let mut last = None;
        while let Some((index, _)) = self.current {
            last = Some(index);
            self.current = self.next()?;
        }
        Ok(last)
    }
}
