//! What the benchmarks share: a server with durable settings, interleaved measurements, and a table of ratios.

#![allow(dead_code, reason = "each benchmark uses its own part of this module")]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[path = "../../tests/common/mod.rs"]
pub mod database;

/// The times of one contestant.
#[derive(Clone, Debug, Default)]
pub struct Times(pub Vec<f64>);

impl Times {
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    pub fn quantile(&self, q: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(((sorted.len() as f64 - 1.0) * q).round() as usize).copied().unwrap_or(f64::NAN)
    }
}

/// Times the contestants in turns, so that whatever else the machine does hits all alike.
pub fn interleave(rounds: usize, contestants: &mut [&mut dyn FnMut()]) -> Vec<Times> {
    let mut times = vec![Times::default(); contestants.len()];
    for round in 0..rounds + 3 {
        for (contestant, times) in contestants.iter_mut().zip(&mut times) {
            let started = Instant::now();
            contestant();
            // The first rounds warm the caches.
            if round >= 3 {
                times.0.push(started.elapsed().as_secs_f64() * 1000.0);
            }
        }
    }
    times
}

/// Runs a command to its end and expects success.
pub fn run(mut command: Command) {
    let output = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).output().expect("it runs");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// User and system time of all children so far.
pub fn children_cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Fields 16 and 17 (cutime, cstime), counted after the command in parentheses; in clock ticks of 10 ms.
    let fields: Vec<&str> = text.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
    let ticks: u64 = [13, 14].iter().filter_map(|n| fields.get(*n)?.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// One line of the result: what, the measured value, the bar, and whether it was reached.
pub fn verdict(what: &str, value: f64, unit: &str, bar: f64, at_most: bool) {
    let reached = if at_most { value <= bar } else { value >= bar };
    let sign = if at_most { "≤" } else { "≥" };
    println!("{} {what:<52} {value:>10.2} {unit:<8} bar {sign} {bar}", if reached { "✓" } else { "✗" });
}

pub fn line(what: &str, times: &Times) {
    println!(
        "  {what:<52} {:>10.2} ms       [{:.2} – {:.2}]",
        times.median(),
        times.quantile(0.1),
        times.quantile(0.9)
    );
}
