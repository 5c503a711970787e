//! A span for each leased job, in the trace of whoever enqueued it. Jobs of class `sql` run in sets within the database;
//! their rows in `job_history` carry the trace.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use serde_json::json;

use super::Shared;
use super::claim::{End, Job};
use crate::envelope;
use crate::telemetry::{self, Kind, Span};

/// More than this wait for no collector: the oldest are forgotten.
const MOST: usize = 10_000;

/// Spans that are not sent yet; none are kept where nobody collects them.
pub struct Traces {
    wanted: bool,
    spans: RefCell<Vec<Span>>,
}

impl Traces {
    pub fn new() -> Traces {
        Traces { wanted: telemetry::endpoint().is_some(), spans: RefCell::default() }
    }

    pub fn keep(&self, job: &Job, end: &End, took: Duration) {
        let Some(trace_id) = job.trace_id.clone().filter(|_| self.wanted) else {
            return;
        };
        let now = SystemTime::now();
        let mut spans = self.spans.borrow_mut();
        if spans.len() >= MOST {
            spans.drain(..MOST / 2);
        }
        spans.push(Span {
            trace_id,
            span_id: envelope::span_id(),
            parent: None,
            name: format!("job {}", job.kind),
            kind: Kind::Job,
            start: now - took,
            end: now,
            attributes: vec![
                ("dot.job", json!(job.job)),
                ("dot.job.class", json!(job.class)),
                ("dot.job.attempt", json!(job.attempt)),
            ],
            failure: match end {
                End::Failed(class, error) => {
                    Some(format!("{class}: {}", error["message"].as_str().unwrap_or_default()))
                }
                End::Succeeded(_) | End::Released | End::Lost => None,
            },
        });
    }

    pub async fn send(&self) {
        let spans = std::mem::take(&mut *self.spans.borrow_mut());
        telemetry::export(&spans).await;
    }
}

/// Sends what there is about every second.
pub async fn send(shared: Rc<Shared>) {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        shared.traces.send().await;
    }
}
