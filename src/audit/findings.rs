//! What verification finds, in words: which thing, what it means, what to do, and where it starts.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// How many cases of one finding are shown.
const SHOWN: usize = 20;

/// Each finding with what it means and what to do.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "run_changed",
        "a sealed run was changed in the database afterwards",
        "what was sealed is the truth: dot audit show INDEX; ask who holds superuser rights",
    ),
    ("run_missing", "a sealed run was deleted from the database", "what it said is in the log: dot audit show INDEX"),
    (
        "verdict_changed",
        "the verdict of a sealed run was changed or taken away afterwards",
        "what was sealed is the truth: dot audit show INDEX",
    ),
    (
        "leaf_changed",
        "an entry of the log was changed or moved to another place",
        "compare with an earlier dot audit export, and treat the log from here on as forged",
    ),
    (
        "leaf_missing",
        "an entry of the log was deleted",
        "compare with an earlier dot audit export; roots from here on cannot be computed",
    ),
    (
        "leaf_rewritten",
        "an entry is not what it was when the export was made",
        "the export is the truth; treat the log from here on as forged",
    ),
    (
        "tail_missing",
        "the log is shorter than what was signed: its end was cut off, or an older backup was restored",
        "compare with the newest backup, and find out who restored or cut it",
    ),
    (
        "root_differs",
        "the log was rewritten: its entries agree with each other but not with what was signed",
        "the first change lies between the two indexes; an earlier dot audit export names it: --export FILE",
    ),
    (
        "checkpoint_unsigned",
        "a checkpoint is not signed by a key that was given",
        "if the key was replaced, give both: --key OLD --key NEW; else it is forged",
    ),
    (
        "checkpoint_edited",
        "a stored checkpoint is not what its own signed note says, or by a key that the log does not know",
        "trust the checkpoints that are kept elsewhere",
    ),
    (
        "log_key_edited",
        "a public key that the database verifies checkpoints with was put in or changed by hand",
        "verify with the public key that is kept elsewhere: --key FILE; and find out who changed it",
    ),
    (
        "checkpoint_missing",
        "a checkpoint that was signed for this log is no longer in the database",
        "it was deleted, or an older backup was restored",
    ),
    (
        "checkpoint_of_another_log",
        "a checkpoint speaks for another log than this database holds",
        "name the key and the checkpoints of this database, or treat the whole log as replaced",
    ),
    (
        "unsealed",
        "finished runs were never sealed, longer ago than setting audit.seal_within_minutes allows",
        "seal the log regularly: dot audit seal; if it does, they were hidden from it: dot audit seal --all",
    ),
    (
        "unsigned",
        "the end of the log was never signed, longer ago than setting audit.seal_within_minutes allows",
        "who can write the log could rewrite what is not signed: seal the log regularly: dot audit seal",
    ),
    (
        "schema_edited",
        "an object of the schema is not as the migrations made it, or as people accepted it",
        "take the edit back; put functions back: dot migrate apply; or have it accepted: dot migrate accept OBJECT",
    ),
    (
        "schema_not_compared",
        "what was kept of the schema reads otherwise on another major version of PostgreSQL, or since a restore, and could not be compared",
        "use the program that made it and a login with CREATEDB; or record it anew: dot migrate apply",
    ),
    (
        "server_edited",
        "what turns values of the server into text was replaced, so that whoever looks may be told anything",
        "drop the cast, find out who made it, and verify again: no other finding, and no missing one, can be relied on",
    ),
    ("setting_edited", "a setting was changed past dot gate set", "set it as it should be: dot gate set NAME VALUE"),
    (
        "setting_history_edited",
        "the history of a setting was changed",
        "what the runs say is the truth: dot run show RUN",
    ),
    (
        "catalogue_edited",
        "the command catalogue was changed past dot catalog sync",
        "see dot catalog check; put it back with dot catalog sync",
    ),
    ("decision_edited", "a review decision was changed or made up", "do not carry it out; ask for a new decision"),
    (
        "decision_forged",
        "a signed decision is not what its reviewer signed",
        "do not carry it out, and do not rely on what it carried: its reviewer never decided this",
    ),
    (
        "decision_unsigned",
        "a proposal was carried out on decisions without the signatures that its policy asks for",
        "ask those reviewers whether they decided so, and look who wrote it: dot audit show RUN",
    ),
    (
        "key_edited",
        "a key for signing decisions was put in, changed or taken away past its commands",
        "rely on no decision that it signed; see dot actor key list --history, and revoke it: dot actor key revoke",
    ),
    ("decision_missing", "a review decision was deleted", "what was decided is in the run: dot run show RUN"),
    (
        "wish_edited",
        "what waits to be done is not what its run asked for, or is for somebody else",
        "cancel it, and have it asked for again: dot job cancel JOB; what was asked for is in the run: dot run show RUN",
    ),
    (
        "replay_edited",
        "what replays a dead letter is not what died, or no request had it replayed",
        "cancel it, and have the dead letter replayed: dot job cancel JOB; see dot dlq requests",
    ),
    (
        "end_edited",
        "a job or a batch that had ended was put back, or was made out to have ended",
        "cancel what still waits: dot job cancel JOB; and look at what ran twice: dot run list",
    ),
    (
        "fire_edited",
        "a schedule is said to have fired a job when it was not to",
        "cancel it: dot job cancel JOB; and compare the schedule with its runs: dot schedule list",
    ),
    (
        "fire_put_off",
        "the next time of a schedule was put off by hand",
        "pause and resume it, which computes its next time: dot schedule pause SCHEDULE; dot schedule resume SCHEDULE",
    ),
    (
        "job_gone",
        "a job that a run asked for, or that carried out a run, was deleted",
        "see what it ran and whether it ran twice: dot run show RUN; have it asked for again if it never ran",
    ),
    ("proposal_edited", "a proposal was changed past its revisions", "do not carry it out; propose it anew"),
    (
        "entry_edited",
        "an entry of a registry, or how far its life has come, was changed past its commands and proposals",
        "put it back by its command, or where a file declares it: dot catalog sync, or by a proposal: dot registry propose",
    ),
    (
        "adapted_view_changed",
        "a view of another schema's table is not what its approved shape adapter made",
        "archive the adapter and propose it anew: dot registry archive external-tools; find out who changed the view",
    ),
    (
        "registry_unguarded",
        "the table of a registry lacks a trigger by which entries are born and recorded",
        "put it back with dot catalog sync, and find out who took it away",
    ),
    (
        "row_edited",
        "a row of a governed table was changed, made or taken away past the commands",
        "what the runs say is the truth: put it back by its command, and find out who changed it",
    ),
    (
        "number_missing",
        "a run is gone, though it may never have been sealed, or its number was tampered with",
        "find out who holds superuser rights; backups of that time tell what the run did",
    ),
    (
        "event_edited",
        "an event was changed, put in or taken away after it was sealed",
        "what was read before may differ: compare with a backup of that day, and find out who holds superuser rights",
    ),
    (
        "event_unsealed",
        "events were not sealed, longer ago than setting audit.seal_within_minutes allows",
        "end the transaction that has been open for longest (pg_stat_activity, pg_prepared_xacts), and run dot audit seal",
    ),
    (
        "unit_edited",
        "a unit or a document is not what was imported, split or merged",
        "see dot iu check; put it back by importing the document again, and find out who changed it",
    ),
    (
        "compiled_edited",
        "a compiled function is not as the platform made it",
        "drop it and compile it anew: dot catalog sync; until then do not trust what was emitted",
    ),
    (
        "function_granted",
        "somebody may call a function of the platform whom no command lets call it",
        "revoke it: dot catalog sync, or REVOKE for what may be handed on; and find out what was called meanwhile",
    ),
    (
        "function_elsewhere",
        "a function outside the platform runs with the rights of its owner",
        "drop it, or give it to another owner; a team's function is adopted with its command",
    ),
    (
        "role_granted",
        "the login of an actor has a role of the platform that no run gave it",
        "revoke it from the login, or give it to the actor: dot actor add NAME --kind KIND --role ROLE; dot_owner is taken only from who made the platform, or from a login that had it before it became an actor",
    ),
    (
        "check_failed",
        "a function that looks for what was edited could not look, so nothing is known of that",
        "see what it says, put it right, and verify again",
    ),
    (
        "policy_edited",
        "an approval policy was changed or made up past its proposal",
        "propose the policy as it should be: dot proposal submit --kind policy_change",
    ),
];

/// The cases of one kind.
#[derive(Clone, Debug, Default)]
struct Cases {
    count: u64,
    /// The first index that is, or may be, bad.
    first: Option<u64>,
    /// Where the first bad index is only known to lie below this one.
    below: Option<u64>,
    shown: Vec<Value>,
}

/// All findings, in bounded memory whatever their number.
#[derive(Clone, Debug, Default)]
pub struct Findings(BTreeMap<String, Cases>);

impl Findings {
    /// Adds one case, with its index where it is about one place of the log.
    pub fn add(&mut self, finding: &str, index: Option<u64>, case: Value) {
        self.range(finding, index, None, case);
    }

    /// Adds one case that lies somewhere from `first` on, below `below`.
    pub fn range(&mut self, finding: &str, first: Option<u64>, below: Option<u64>, case: Value) {
        let cases = self.0.entry(finding.to_owned()).or_default();
        cases.count += 1;
        if first.is_some() && cases.first.is_none_or(|known| first < Some(known)) {
            (cases.first, cases.below) = (first, below);
        }
        if cases.shown.len() < SHOWN {
            cases.shown.push(case);
        }
    }

    pub fn extend(&mut self, other: Findings) {
        self.0.extend(other.0);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, finding: &str) -> bool {
        self.0.contains_key(finding)
    }

    /// The smallest index at which anything is bad. A root that differs only bounds where; a bad leaf within says it.
    pub fn first_bad_index(&self) -> Option<u64> {
        let leaf =
            self.0.iter().filter(|(name, _)| name.starts_with("leaf_")).filter_map(|(_, cases)| cases.first).min();
        let is_explained = |cases: &Cases| leaf >= cases.first && leaf.is_some_and(|leaf| cases.below > Some(leaf));
        self.0.values().filter(|cases| !is_explained(cases)).filter_map(|cases| cases.first).min()
    }

    /// `[{finding, count, first_index, below, means, do, cases}]`, in the order of where they start.
    pub fn to_json(&self) -> Value {
        let mut all: Vec<(&String, &Cases)> = self.0.iter().collect();
        all.sort_by_key(|(_, cases)| cases.first.unwrap_or(u64::MAX));
        all.into_iter()
            .map(|(name, cases)| {
                let (_, means, action) =
                    KNOWN.iter().find(|(known, ..)| known == name).copied().unwrap_or(("", "", ""));
                json!({
                    "finding": name,
                    "count": cases.count,
                    "first_index": cases.first,
                    "below": cases.below,
                    "means": means,
                    "do": action,
                    "cases": cases.shown,
                })
            })
            .collect()
    }
}
