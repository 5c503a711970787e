//! What a worker was asked to be.

use std::time::Duration;

use serde_json::Value;

use crate::failure::{Failure, Result};
use crate::pipeline::Invocation;

/// The settings of one worker process.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its id, of this start.
    pub worker: String,
    /// What tells this database's requests from another's.
    pub origin: String,
    /// The classes whose jobs are leased.
    pub leased: Vec<String>,
    /// Which kind of executor each class is of: `{ai_agent: program, …}`.
    pub executors: Value,
    /// The classes whose jobs the database does itself, in sets.
    pub sets: Vec<String>,
    /// None is every active queue.
    pub queues: Option<Vec<String>>,
    pub concurrency: usize,
    pub batch: usize,
    pub connections: usize,
    pub poll: Duration,
    pub grace: Duration,
    pub metrics: Option<String>,
    pub until_idle: bool,
    /// The platform has the gate of notifications open.
    pub notify: bool,
}

impl Plan {
    pub fn new(invocation: &Invocation, registered: &Value) -> Result<Plan> {
        let texts = |name: &str| -> Vec<String> {
            let given = invocation.args.get(name).and_then(Value::as_array);
            given.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let number = |name: &str, from: usize, to: usize| -> Result<usize> {
            let given = invocation.args.get(name).and_then(Value::as_u64).unwrap_or(from as u64);
            usize::try_from(given)
                .ok()
                .filter(|n| (from..=to).contains(n))
                .ok_or_else(|| Failure::usage(format!("--{name} is {from} to {to}, not {given}")))
        };
        let time = |name: &str| -> Result<Duration> {
            let text = invocation.args.get(name).and_then(Value::as_str).unwrap_or("1s");
            let span: jiff::Span =
                text.parse().map_err(|_| Failure::usage(format!("--{name}: `{text}` is no time, such as 1s")))?;
            let total = span.total(jiff::Unit::Millisecond).ok().filter(|total| *total >= 0.0);
            total
                .map(|milliseconds| Duration::from_secs_f64(milliseconds / 1000.0))
                .ok_or_else(|| Failure::usage(format!("--{name}: `{text}` is no time that can be waited")))
        };
        let executors = registered["executors"].clone();
        let (mut sets, mut leased): (Vec<_>, Vec<_>) =
            texts("class").into_iter().partition(|class| executors[class] == "database");
        leased.dedup();
        sets.dedup();
        let queues = texts("queue");
        Ok(Plan {
            worker: registered["worker"].as_str().unwrap_or_default().to_owned(),
            origin: registered["origin"].as_str().unwrap_or_default().to_owned(),
            leased,
            executors,
            sets,
            queues: (!queues.is_empty()).then_some(queues),
            concurrency: number("concurrency", 1, 10_000)?,
            batch: number("batch", 1, 10_000)?,
            connections: number("connections", 1, 100)?,
            poll: time("poll")?.max(Duration::from_millis(10)),
            grace: time("grace")?,
            metrics: invocation.args.get("metrics").and_then(Value::as_str).map(str::to_owned),
            until_idle: invocation.args.get("until-idle") == Some(&Value::Bool(true)),
            notify: registered["notify"] == true,
        })
    }

    pub fn set_pullers(&self) -> usize {
        if self.sets.is_empty() { 0 } else { self.connections }
    }

    pub fn leased_pullers(&self) -> usize {
        if self.leased.is_empty() { 0 } else { self.connections.min(self.concurrency) }
    }

    /// How many sorts of parts there are, of each of which a bell calls one.
    pub fn sorts(&self) -> u64 {
        u64::from(self.set_pullers() > 0) + u64::from(self.leased_pullers() > 0)
    }

    pub fn pullers(&self) -> usize {
        self.set_pullers() + self.leased_pullers()
    }

    /// How many jobs one puller may have in hand.
    pub fn share(&self) -> usize {
        self.concurrency.div_ceil(self.leased_pullers().max(1))
    }
}
