//! Functions that change the same jobs in any order and at any time do not wait for each other in a circle.

use proptest::prelude::*;

use super::line::{Line, WORKER, call};
use crate::common::wait;

#[test]
fn no_interleaving_deadlocks() {
    let line = Line::new();
    let strategy = proptest::collection::vec((0_usize..6, proptest::collection::vec(0_usize..40, 1..20)), 30..60);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 12,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&strategy, |steps| {
            let errors = wait(async {
                let mut session = line.connect().await;
                session.run("delete from dot.job_queue").await;
                for _ in 0..40 {
                    session.enqueue("").await;
                }
                let held = session.claim(40).await;
                let mut crowd = tokio::task::JoinSet::new();
                for part in steps.chunks(steps.len().div_ceil(4)) {
                    let mut session = line.connect().await;
                    let (part, held) = (part.to_vec(), held.clone());
                    crowd.spawn(async move {
                        let mut errors = Vec::new();
                        for (what, which) in part {
                            // In the order in which they come, not sorted: that is the functions' part.
                            let jobs: Vec<(i64, i64)> = which.iter().map(|n| held[*n]).collect();
                            let list = jobs.iter().map(|job| job.0.to_string()).collect::<Vec<_>>().join(",");
                            let sql = match what {
                                0 => call("fn_job_complete", &jobs),
                                1 => call("fn_job_fail_transient", &jobs),
                                2 => call("fn_job_release", &jobs),
                                3 => format!("select dot.fn_job_cancel_many('{{{list}}}')"),
                                4 => "select dot.fn_job_lease_reaper()".to_owned(),
                                _ => format!(
                                    "select dot.fn_job_heartbeat({WORKER}, '{{{list}}}', '{{{}}}')",
                                    jobs.iter().map(|job| job.1.to_string()).collect::<Vec<_>>().join(",")
                                ),
                            };
                            if let Err(error) = session.attempt(&sql).await {
                                errors.push(format!("{sql}: {error}"));
                            }
                        }
                        errors
                    });
                }
                crowd.join_all().await.concat()
            });
            prop_assert!(errors.is_empty(), "{errors:?}");
            Ok(())
        })
        .expect("no deadlock");
}
