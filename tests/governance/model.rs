//! Random sequences against a small model: the database applies what the model allows, and never anything else.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

use crate::common::{Db, times};

const PEOPLE: [&str; 4] = ["ann", "bob", "cid", "dan"];
/// What the birth policy of policy changes asks for.
const SEATS: usize = 2;
const APPROVAL_HOURS: i64 = 3 * 24;
const PROPOSAL_HOURS: i64 = 30 * 24;

#[derive(Clone, Debug)]
enum Step {
    Submit { draft: bool },
    Open,
    Revise { who: usize, answers: bool },
    Approve(usize),
    Reject(usize),
    Revoke(usize),
    Delegate { from: usize, to: usize, hours: i64 },
    EndDelegation,
    Wait(i64),
    Apply(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let who = || 0..PEOPLE.len();
    let step = prop_oneof![
        1 => Just(Step::Open),
        1 => (who(), any::<bool>()).prop_map(|(who, answers)| Step::Revise { who, answers }),
        12 => who().prop_map(Step::Approve),
        2 => who().prop_map(Step::Reject),
        2 => who().prop_map(Step::Revoke),
        2 => (who(), who(), 1..60_i64).prop_map(|(from, to, hours)| Step::Delegate { from, to, hours }),
        1 => Just(Step::EndDelegation),
        2 => (1..40_i64).prop_map(Step::Wait),
        1 => Just(Step::Wait(PROPOSAL_HOURS)),
        4 => who().prop_map(Step::Apply),
    ];
    (any::<bool>(), prop::collection::vec(step, 3..25)).prop_map(|(draft, mut steps)| {
        steps.insert(0, Step::Submit { draft });
        steps
    })
}

struct Decision {
    by: usize,
    approves: bool,
    revision: u32,
    at: i64,
    revoked: bool,
}

struct Delegation {
    id: String,
    from: usize,
    to: usize,
    since: i64,
    until: i64,
}

/// What the rules say, in hours since the beginning.
#[derive(Default)]
struct Model {
    now: i64,
    open_since: Option<i64>,
    expires: i64,
    revision: u32,
    payload: u32,
    merged: bool,
    edits: Vec<(usize, i64)>,
    decisions: Vec<Decision>,
    delegations: Vec<Delegation>,
}

impl Model {
    /// The delegations to someone that were in force at any time since then.
    fn delegators(&self, who: usize, since: i64) -> impl Iterator<Item = &Delegation> {
        self.delegations.iter().filter(move |g| g.to == who && g.since <= self.now && g.until > since)
    }

    /// Whom someone counts as since then: the delegator, and that one's, and so on.
    fn counted(&self, who: usize, since: i64) -> usize {
        let mut path = vec![who];
        while let Some(next) = self.delegators(path[path.len() - 1], since).max_by_key(|g| g.since) {
            if let Some(first) = path.iter().position(|known| *known == next.from) {
                return path[first..].iter().copied().min_by_key(|who| PEOPLE[*who]).unwrap_or(who);
            }
            path.push(next.from);
        }
        path[path.len() - 1]
    }

    /// Everyone that someone was or counted as since then.
    fn everyone(&self, who: usize, since: i64) -> BTreeSet<usize> {
        let (mut found, mut new) = (BTreeSet::new(), vec![who]);
        while let Some(who) = new.pop() {
            if found.insert(who) {
                new.extend(self.delegators(who, since).map(|g| g.from));
            }
        }
        found
    }

    /// The decisions that nobody has taken back or replaced. An approval of one's own proposal replaces nothing.
    fn standing(&self) -> impl Iterator<Item = &Decision> {
        self.decisions
            .iter()
            .enumerate()
            .filter(|(place, d)| {
                !self.decisions[place + 1..]
                    .iter()
                    .any(|later| later.by == d.by && (d.approves || self.takes_back(later)))
            })
            .map(|(_, d)| d)
            .filter(|d| !d.revoked)
    }

    /// Whether a later decision of the same person ends a rejection: one that counts, or another rejection that stands.
    fn takes_back(&self, later: &Decision) -> bool {
        if later.approves { self.others(later.by) } else { !later.revoked }
    }

    /// Whether someone has had no part in what is proposed.
    fn others(&self, who: usize) -> bool {
        let made = self.edits.iter().map(|(_, at)| *at).min().unwrap_or(0);
        let own: BTreeSet<usize> = self.edits.iter().flat_map(|(who, _)| self.everyone(*who, made)).collect();
        self.everyone(who, made).is_disjoint(&own)
    }

    fn allows(&self) -> bool {
        let Some(since) = self.open_since else { return false };
        let first = self.decisions.iter().map(|d| d.at).min().unwrap_or(since);
        let people: BTreeSet<usize> = self
            .standing()
            .filter(|d| d.approves && d.revision == self.revision && d.at >= since && d.at + APPROVAL_HOURS > self.now)
            .filter(|d| self.others(d.by))
            .map(|d| self.counted(d.by, first))
            .collect();
        !self.merged && self.now < self.expires && self.standing().all(|d| d.approves) && people.len() >= SEATS
    }
}

fn payload(policy: &str, version: u32) -> Value {
    json!({ "policy": policy, "kind": "kg_edge_add", "factors": [{ "role": "dot_reviewer", "n": 1 }],
        "approval_ttl": "1 day", "level": "soft_mandatory", "summary": format!("x {version}") })
}

struct World<'a> {
    connection: &'a mut PgConnection,
    model: Model,
    policy: String,
    proposal: String,
    /// Where this sequence's hours begin, so that no earlier delegation reaches into it.
    epoch: i64,
}

impl World<'_> {
    /// Calls a function as someone at the model's time, as a run of its own. An error counts as a refusal.
    async fn call(&mut self, who: usize, call: &str) -> Value {
        let sql = format!(
            "select set_config('dot.run_id', '', true), set_config('dot.actor', '{}', true), set_config('dot.actor_kind', 'human', true),
                    set_config('dot.clock', (timestamptz '2026-01-01 00:00Z' + interval '{} hours')::text, true)",
            PEOPLE[who],
            self.epoch + self.model.now
        );
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!("begin; {sql}")))
            .execute(&mut *self.connection)
            .await
            .expect("a beginning");
        let call = sqlx::AssertSqlSafe(format!("select ({call})::text"));
        let answer =
            sqlx::query_scalar::<_, Option<String>>(call).persistent(false).fetch_one(&mut *self.connection).await;
        let end = if answer.is_ok() { "commit" } else { "rollback" };
        sqlx::raw_sql(end).execute(&mut *self.connection).await.expect("an end");
        match answer {
            Ok(text) => serde_json::from_str(&text.unwrap_or_default()).expect("JSON"),
            Err(error) => json!({ "refused": true, "error": error.to_string() }),
        }
    }

    async fn step(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let done = |answer: &Value| answer["refused"] != true;
        let id = self.proposal.clone();
        let now = self.model.now;
        match *step {
            Step::Submit { draft } => {
                let payload = payload(&self.policy, 0);
                let answer = self
                    .call(0, &format!("dot.fn_proposal_submit('policy_change', '{payload}', p_draft => {draft})"))
                    .await;
                prop_assert!(done(&answer), "{}", answer);
                self.proposal = answer["proposal"].as_str().unwrap_or_default().to_owned();
                self.model.revision = 1;
                self.model.edits.push((0, now));
                self.model.open_since = (!draft).then_some(now);
                self.model.expires = now + PROPOSAL_HOURS;
            }
            Step::Open => {
                if done(&self.call(0, &format!("dot.fn_proposal_submit(p_draft_of => '{id}')")).await) {
                    prop_assert!(self.model.open_since.is_none());
                    (self.model.open_since, self.model.expires) = (Some(now), now + PROPOSAL_HOURS);
                }
            }
            Step::Revise { who, answers } => {
                let payload = payload(&self.policy, self.model.payload + u32::from(answers));
                let answer = self.call(who, &format!("dot.fn_proposal_revise('{id}', '{payload}')")).await;
                prop_assert_eq!(done(&answer), !self.model.merged, "{}", answer);
                if done(&answer) {
                    self.model.revision += 1;
                    self.model.payload += u32::from(answers);
                    self.model.edits.push((who, now));
                    self.model.open_since = self.model.open_since.map(|_| now);
                    self.model.expires = now + PROPOSAL_HOURS;
                }
            }
            Step::Approve(who) | Step::Reject(who) => {
                let approves = matches!(step, Step::Approve(_));
                let verb = if approves { "approve" } else { "reject" };
                let answer = self.call(who, &format!("dot.fn_proposal_{verb}('{id}', 'because')")).await;
                if done(&answer) {
                    // What has expired can still be rejected.
                    prop_assert!(self.model.open_since.is_some() && !self.model.merged);
                    prop_assert!(!approves || now < self.model.expires);
                    let revision = self.model.revision;
                    self.model.decisions.push(Decision { by: who, approves, revision, at: now, revoked: false });
                }
            }
            Step::Revoke(who) => {
                if done(&self.call(who, &format!("dot.fn_proposal_revoke('{id}', 'because')")).await) {
                    let last = self.model.decisions.iter_mut().rev().find(|d| d.by == who && !d.revoked);
                    last.expect("a decision to take back").revoked = true;
                }
            }
            Step::Delegate { from, to, hours } => {
                let until = format!("dot.fn_clock_now() + interval '{hours} hours'");
                let answer =
                    self.call(from, &format!("dot.fn_delegation_grant('{}', {until}, 'because')", PEOPLE[to])).await;
                let clash = self.model.delegations.iter().any(|g| {
                    now < g.until && [g.from, g.to].iter().any(|who| [from, to].contains(who)) && g.since < now + hours
                });
                prop_assert_eq!(done(&answer), from != to && !clash, "{}", answer);
                if done(&answer) {
                    let id = answer["delegation"].as_str().unwrap_or_default().to_owned();
                    self.model.delegations.push(Delegation { id, from, to, since: now, until: now + hours });
                }
            }
            Step::EndDelegation => {
                let active = self.model.delegations.iter().position(|g| now < g.until);
                if let Some(place) = active {
                    let (id, from) = (self.model.delegations[place].id.clone(), self.model.delegations[place].from);
                    let answer = self.call(from, &format!("dot.fn_delegation_revoke('{id}')")).await;
                    prop_assert!(done(&answer), "{}", answer);
                    self.model.delegations[place].until = now;
                }
            }
            Step::Wait(hours) => self.model.now += hours,
            Step::Apply(who) => {
                let answer = self.call(who, &format!("dot.fn_proposal_apply('{id}')")).await;
                prop_assert_eq!(done(&answer), self.model.allows(), "{}", answer);
                self.model.merged |= done(&answer);
            }
        }
        Ok(())
    }
}

#[test]
fn the_database_applies_exactly_what_the_model_allows() {
    let db = Db::new();
    db.sql("update dot.dot_config set value = 'true' where config_key = 'test.clock'");
    let runtime = crate::common::runtime();
    let mut connection = runtime.block_on(db.connect());
    let connection = std::cell::RefCell::new(&mut connection);
    let (cases, merged) = (std::cell::Cell::new(0_u32), std::cell::Cell::new(0_u32));
    let mut runner = TestRunner::new(Config { cases: times(50), failure_persistence: None, ..Config::default() });
    runner
        .run(&steps(), |steps| {
            cases.set(cases.get() + 1);
            let mut connection = connection.borrow_mut();
            runtime.block_on(async {
                let policy = format!("p{}", cases.get());
                let mut world = World {
                    connection: &mut connection,
                    model: Model::default(),
                    policy,
                    proposal: String::new(),
                    epoch: i64::from(cases.get()) * 4000,
                };
                for step in &steps {
                    world.step(step).await?;
                }
                merged.set(merged.get() + u32::from(world.model.merged));
                Ok(())
            })
        })
        .unwrap_or_else(|error| panic!("{error}"));
    println!("{} sequences, {} of them applied", cases.get(), merged.get());
    assert!(merged.get() > cases.get() / 30, "the sequences must reach an apply: {} of {}", merged.get(), cases.get());
}
