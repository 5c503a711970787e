//! The workers, and what happens to them and around them.

use std::process::Child;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::super::line::Line;
use super::super::workers::eventually;

/// Since when everything that rescues and claims has been free to.
#[derive(Default)]
pub struct Calm(Mutex<Option<Instant>>);

impl Calm {
    /// For so long nothing is expected of anybody.
    fn not_for(&self, time: Duration) {
        let mut until = self.0.lock().expect("a lock");
        *until = (*until).max(Some(Instant::now() + time));
    }

    pub fn is_since(&self, time: Duration) -> bool {
        self.0.lock().expect("a lock").is_none_or(|until| Instant::now() > until + time)
    }
}

pub struct Crew {
    workers: Vec<Child>,
    /// Stopped until then.
    stopped: Vec<Option<Instant>>,
}

fn worker(line: &Line) -> Child {
    let mut command = line.work(&["--quiet", "--class", "sql,ai_agent", "--poll", "200ms"]);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().expect("a worker")
}

fn send(worker: &Child, signal: Signal) {
    let _ = kill_process(Pid::from_child(worker), signal);
}

/// Any number below.
fn any(below: usize) -> usize {
    usize::from(uuid::Uuid::new_v4().as_bytes()[0]) % below
}

impl Crew {
    pub fn new(line: &Line, size: usize) -> Crew {
        Crew { workers: (0..size).map(|_| worker(line)).collect(), stopped: vec![None; size] }
    }

    pub fn trouble(&mut self, line: &Line, until: Instant, calm: &Calm) {
        let short = Duration::from_millis(1500);
        std::thread::scope(|scope| {
            while Instant::now() < until {
                std::thread::sleep(Duration::from_millis(100 + any(300) as u64));
                for (worker, stopped) in self.workers.iter().zip(&mut self.stopped) {
                    if stopped.is_some_and(|until| Instant::now() > until) {
                        send(worker, Signal::CONT);
                        *stopped = None;
                    }
                }
                let chosen = any(self.workers.len());
                match any(9) {
                    0 => {
                        send(&self.workers[chosen], Signal::KILL);
                        let _ = self.workers[chosen].wait();
                        self.workers[chosen] = worker(line);
                        self.stopped[chosen] = None;
                        calm.not_for(Duration::from_secs(1));
                    }
                    // Longer than a lease, and one at least goes on.
                    1 if self.stopped.iter().all(Option::is_none) => {
                        send(&self.workers[chosen], Signal::STOP);
                        self.stopped[chosen] = Some(Instant::now() + Duration::from_millis(1000 + 25 * any(256) as u64));
                    }
                    2 | 3 => line.db.sql(
                        "select dot.fn_job_cancel_many(array(select job_id from dot.job_queue where state in ('r', 'x') order by random() limit 2))",
                    ),
                    gate @ 4..=5 => {
                        let gate = ["queue.lease_reaper.enabled", "queue.worker.enabled"][gate - 4];
                        calm.not_for(short);
                        line.db.sql(&format!("update dot.dot_config set value = 'false' where config_key = '{gate}'"));
                        std::thread::sleep(short / 2);
                        line.db.sql(&format!("update dot.dot_config set value = 'true' where config_key = '{gate}'"));
                        calm.not_for(Duration::from_millis(500));
                    }
                    6 => {
                        let queue = ["default", "stress"][any(2)];
                        line.db.dot(&["queue", "pause", queue]);
                        std::thread::sleep(short / 2);
                        line.db.dot(&["queue", "resume", queue]);
                    }
                    7 => line.db.sql("select dot.fn_subscription_seek('moved', (array['now', 'oldest'])[1 + (random() * 1)::int])"),
                    // Someone reads everything, and takes their time.
                    _ => {
                        scope.spawn(|| {
                            line.db.sql("begin isolation level repeatable read; select count(*) from dot.job_queue, dot.queue_rate; select count(*) from dot.job_history; select pg_sleep(4); commit");
                        });
                    }
                }
            }
        });
    }

    /// All go on, until there is nothing left to do, and end as they are asked to.
    pub fn end(mut self, line: &Line) {
        for worker in &self.workers {
            send(worker, Signal::CONT);
        }
        let left = || {
            line.db.one("select count(*) from dot.job_queue where state <> 'd' or run_at < now() + interval '1 minute'")
        };
        let until = Instant::now() + Duration::from_secs(120);
        while left() != "0" && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(100));
        }
        assert_eq!(left(), "0", "everything comes to its end");
        eventually("batches are completed", || {
            line.db.one("select count(*) from dot.job_batch where completed_at is null and is_sealed") == "0"
        });
        assert_eq!(left(), "0", "so do their callbacks");
        for worker in &mut self.workers {
            send(worker, Signal::TERM);
            assert!(worker.wait().expect("a worker").success(), "a worker that is told to leaves in peace");
        }
    }
}
