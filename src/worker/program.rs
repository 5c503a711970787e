//! The `ai_agent` executor: a program of this machine that a kind of job declares, with JSON on its standard input and
//! output.

use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

use super::Shared;
use super::claim::{End, Job};
use super::launch;
use super::work::misconfigured;

/// The most that a program may answer, and the most of its complaints that is kept, in bytes.
const ANSWER: u64 = 4 * 1024 * 1024;
const COMPLAINT: u64 = 16 * 1024;

/// Kills the program and all that it started, however this ends.
struct Reaper(Child);

impl Drop for Reaper {
    fn drop(&mut self) {
        if let Some(pid) = self.0.id().and_then(|pid| rustix::process::Pid::from_raw(pid.cast_signed())) {
            let _ = rustix::process::kill_process_group(pid, rustix::process::Signal::KILL);
        }
    }
}

/// `target`: `{program, args, memory_mb}`. It reads one JSON document, `{job, kind, attempt, payload}`, and writes one.
/// Exit 0 is success; 75 (`EX_TEMPFAIL`) asks for another attempt; anything else is a failure for good.
pub async fn run(shared: &Shared, job: &Job, target: &Value, payload: &Value) -> End {
    let Some(path) = target["program"].as_str() else {
        return misconfigured("the kind declares no program");
    };
    let args: Vec<&str> = target["args"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let memory = target["memory_mb"].as_u64().unwrap_or(1024);
    let mut command = match launch::command(path, &args, memory) {
        Ok(command) => Command::from(command),
        Err(cause) => return misconfigured(&format!("the program cannot be started: {cause}")),
    };
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
    command.env("DOT_JOB", job.job.to_string());
    if let Some(trace) = &job.trace_id {
        let span = &uuid::Uuid::new_v4().simple().to_string()[..16];
        command.env("TRACEPARENT", format!("00-{trace}-{span}-01"));
    }
    let mut child = match command.spawn() {
        Ok(child) => Reaper(child),
        Err(cause) => return misconfigured(&format!("{path} cannot be started: {cause}")),
    };
    let question = json!({ "job": job.job, "kind": job.kind, "attempt": job.attempt, "worker": shared.plan.worker, "payload": payload });
    let (stdin, stdout, stderr) = (child.0.stdin.take(), child.0.stdout.take(), child.0.stderr.take());
    let ask = async {
        if let Some(mut stdin) = stdin {
            // A program that does not read its input may still answer.
            let _ = stdin.write_all(question.to_string().as_bytes()).await;
        }
    };
    let mut answer = Vec::new();
    let mut complaint = Vec::new();
    let hear = async {
        if let Some(stdout) = stdout {
            let _ = stdout.take(ANSWER + 1).read_to_end(&mut answer).await;
        }
    };
    let listen = async {
        if let Some(mut stderr) = stderr {
            let _ = (&mut stderr).take(COMPLAINT).read_to_end(&mut complaint).await;
            // What is beyond is read and dropped, so that the program never waits for us.
            let _ = tokio::io::copy(&mut stderr, &mut tokio::io::sink()).await;
        }
    };
    tokio::join!(ask, hear, listen);
    let status = child.0.wait().await;
    let said = String::from_utf8_lossy(&complaint).replace('\0', "");
    let fail =
        |class: &str, message: String| End::Failed(class.to_owned(), json!({ "message": message, "stderr": said }));
    if answer.len() as u64 > ANSWER {
        return fail("permanent", format!("the program answered more than {} MB", ANSWER / 1024 / 1024));
    }
    match status.map(|status| status.code()) {
        Ok(Some(0)) => match serde_json::from_slice::<Value>(&answer) {
            Ok(result) => End::Succeeded(Some(result)),
            Err(cause) => fail("permanent", format!("the program's answer is no JSON: {cause}")),
        },
        Ok(Some(75)) => fail("transient", "the program asks for another attempt".to_owned()),
        Ok(Some(code)) => fail("permanent", format!("the program ended with exit code {code}")),
        Ok(None) => fail("transient", "the program was killed".to_owned()),
        Err(cause) => fail("transient", format!("the program was lost: {cause}")),
    }
}
