//! Values that a kind of job names, and that only the machine of its worker knows: never kept in a row.

use std::time::Duration;

use serde_json::Value;
use tokio::process::Command;

/// How long a command may take to print a secret.
const PATIENCE: Duration = Duration::from_secs(30);

/// A text as it is, or the one that this machine has under a name: `{"env": NAME}`, `{"file": PATH}`, or
/// `{"command": [PROGRAM, ARGUMENT, …]}`, of which the first line counts. The error names what was asked for, and no value.
pub async fn resolve(named: &Value) -> Result<String, String> {
    let one = named.as_object().filter(|object| object.len() == 1).and_then(|object| object.iter().next());
    match (named, one) {
        (Value::String(text), _) => Ok(text.clone()),
        (_, Some((kind, Value::String(name)))) if kind == "env" => {
            std::env::var(name).map_err(|_| format!("this worker has no environment variable {name}"))
        }
        (_, Some((kind, Value::String(path)))) if kind == "file" => {
            let read = tokio::fs::read_to_string(path).await;
            read.map(|text| first_line(&text)).map_err(|cause| format!("this worker cannot read {path}: {cause}"))
        }
        (_, Some((kind, Value::Array(words)))) if kind == "command" => {
            let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
            let Some((program, args)) = words.split_first() else { return Err("a command is empty".to_owned()) };
            run(program, args).await
        }
        _ => Err("a value is a text, {\"env\": NAME}, {\"file\": PATH} or {\"command\": [PROGRAM, …]}".to_owned()),
    }
}

async fn run(program: &str, args: &[&str]) -> Result<String, String> {
    let mut command = Command::new(program);
    command.args(args).stdin(std::process::Stdio::null()).stderr(std::process::Stdio::null()).kill_on_drop(true);
    match tokio::time::timeout(PATIENCE, command.output()).await {
        Ok(Ok(output)) if output.status.success() => Ok(first_line(&String::from_utf8_lossy(&output.stdout))),
        Ok(Ok(output)) => Err(format!("{program} gave no value: {}", output.status)),
        Ok(Err(cause)) => Err(format!("{program} cannot be started: {cause}")),
        Err(_) => Err(format!("{program} gave no value within {} s", PATIENCE.as_secs())),
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
