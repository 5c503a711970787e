//! What a worker counts: for Prometheus, for a person at a terminal, and for its last words.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::IsTerminal;
use std::rc::Rc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{Phase, Shared};
use crate::failure::{Failure, Result};

/// Upper bounds of the histogram of run times, in seconds.
const BOUNDS: [f64; 10] = [0.001, 0.005, 0.025, 0.1, 0.25, 1.0, 5.0, 25.0, 100.0, 600.0];

/// Since the worker began.
#[derive(Default)]
pub struct Counters {
    pub claimed: Cell<u64>,
    pub succeeded: Cell<u64>,
    /// Attempts that failed, dead ones included.
    pub failed: Cell<u64>,
    pub dead: Cell<u64>,
    /// Answers that came too late: the lease was another's.
    pub stale: Cell<u64>,
    pub released: Cell<u64>,
    took: RefCell<BTreeMap<String, Histogram>>,
}

#[derive(Default)]
struct Histogram {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    sum: f64,
}

impl Counters {
    /// A leased job of this kind took so long.
    pub fn took(&self, kind: &str, time: Duration) {
        let mut all = self.took.borrow_mut();
        if !all.contains_key(kind) {
            all.insert(kind.to_owned(), Histogram::default());
        }
        if let Some(histogram) = all.get_mut(kind) {
            let seconds = time.as_secs_f64();
            for (bucket, bound) in histogram.buckets.iter_mut().zip(BOUNDS) {
                *bucket += u64::from(seconds <= bound);
            }
            histogram.count += 1;
            histogram.sum += seconds;
        }
    }

    /// In the Prometheus text format, version 0.0.4.
    fn text(&self, running: usize) -> String {
        let mut text = String::new();
        let mut metric = |name: &str, kind: &str, help: &str, value: u64| {
            let _ = writeln!(
                text,
                "# HELP dot_worker_{name} {help}\n# TYPE dot_worker_{name} {kind}\ndot_worker_{name} {value}"
            );
        };
        metric("jobs_claimed_total", "counter", "Jobs taken.", self.claimed.get());
        metric("jobs_succeeded_total", "counter", "Jobs ended well.", self.succeeded.get());
        metric("jobs_failed_total", "counter", "Attempts that failed.", self.failed.get());
        metric("jobs_dead_total", "counter", "Jobs that failed for good.", self.dead.get());
        metric("jobs_stale_total", "counter", "Answers that came after the lease was lost.", self.stale.get());
        metric("jobs_released_total", "counter", "Jobs given back untried.", self.released.get());
        metric("jobs_running", "gauge", "Leased jobs in hand.", running as u64);
        let _ = writeln!(
            text,
            "# HELP dot_worker_job_seconds How long leased jobs ran.\n# TYPE dot_worker_job_seconds histogram"
        );
        for (kind, histogram) in self.took.borrow().iter() {
            for (bound, count) in BOUNDS.iter().zip(histogram.buckets) {
                let _ = writeln!(text, "dot_worker_job_seconds_bucket{{kind=\"{kind}\",le=\"{bound}\"}} {count}");
            }
            let (count, sum) = (histogram.count, histogram.sum);
            let _ = writeln!(text, "dot_worker_job_seconds_bucket{{kind=\"{kind}\",le=\"+Inf\"}} {count}");
            let _ = writeln!(
                text,
                "dot_worker_job_seconds_sum{{kind=\"{kind}\"}} {sum}\ndot_worker_job_seconds_count{{kind=\"{kind}\"}} {count}"
            );
        }
        text
    }
}

pub async fn bind(address: &str) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|cause| Failure::usage(format!("--metrics: cannot listen at {address}: {cause}")))
}

/// Answers every request with the counters.
pub async fn serve(listener: TcpListener, shared: Rc<Shared>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let text = shared.counters.text(shared.running.borrow().len());
        tokio::task::spawn_local(tokio::time::timeout(Duration::from_secs(5), answer(stream, text)));
    }
}

async fn answer(mut stream: TcpStream, text: String) {
    // Whatever is asked, this is the answer; the request is read so that closing does not reset the connection.
    let mut request = [0; 4096];
    let _ = stream.read(&mut request).await;
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/plain; version=0.0.4; charset=utf-8\r\nconnection: close";
    let _ = stream.write_all(format!("{head}\r\ncontent-length: {}\r\n\r\n{text}", text.len()).as_bytes()).await;
    let _ = stream.shutdown().await;
}

/// A line for a person: what is going on, renewed a few times a second.
pub async fn progress(shared: Rc<Shared>) {
    let options = &shared.invocation.options;
    if options.quiet || !std::io::stderr().is_terminal() {
        return;
    }
    let bar = ProgressBar::new_spinner();
    bar.set_style(ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()));
    let mut before = 0;
    loop {
        let counters = &shared.counters;
        let done = counters.succeeded.get();
        let phase = match shared.phase() {
            Phase::Working => "working",
            Phase::Draining => "draining",
            Phase::Leaving => "leaving",
        };
        bar.set_message(format!(
            "{phase} · {} running · {done} done ({}/s) · {} failed · {} dead",
            shared.running.borrow().len(),
            (done - before) * 4,
            counters.failed.get(),
            counters.dead.get()
        ));
        bar.tick();
        before = done;
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}
