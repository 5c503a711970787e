//! An invocation's end as bytes on stdout and stderr, and its exit code.

use serde::Serialize;
use serde_json::Value;

use super::exact::{self, Document, Row, Rows};
use super::table::{self, Style};
use super::{document, effects, failure, fields, human, layout, output};
use crate::catalog::CommandSpec;
use crate::envelope::Mode;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::hooks::Picture;
use crate::pipeline::{Outcome, Program, Report};
use crate::settings::Options;
use crate::terminal;

/// How the caller wants to see the end.
pub struct Wish<'a> {
    pub output: &'a str,
    pub color: &'a str,
    pub options: &'a Options,
    pub program: &'a Program,
    /// The command line, from `dot` on.
    pub argv: &'a [String],
}

/// Prints the report and gives the exit code.
pub fn report(report: &Report, wish: &Wish<'_>) -> u8 {
    let mut report = report.clone();
    let mut text = String::new();
    if let Ok(outcome) = &report.result {
        match data_text(outcome, &report, wish, wish.options.fields.as_deref()) {
            Ok(shown) => text = shown,
            // What is done is done, whatever was asked of its picture: all of it is shown, with a word about why.
            Err(cause) if report.command.spec.mutating && report.mode != Mode::DryRun => {
                text = data_text(outcome, &report, wish, None).unwrap_or_default();
                output::stderr(&format!("{} was done; {}\n", report.command.spec.code, cause.message));
            }
            Err(cause) => report.result = Err(cause),
        }
    }
    if report.result.is_err() && matches!(wish.output, "json" | "jsonl" | "yaml") {
        text = machine(&document::of_report(&report, None, wish.argv), wish.output);
    }
    let is_change = report.command.spec.mutating && report.mode != Mode::DryRun && report.run_id.is_some();
    let write = if is_change && report.result.is_ok() { output::answer } else { output::stdout };
    if let Err(cause) = write(&looked_at(text, wish.output))
        && report.result.is_ok()
    {
        report.result = Err(unwritten(&report, &cause));
    }
    if let Ok(outcome) = &report.result {
        notes(outcome, &report, wish);
    }
    match report.failure() {
        None => 0,
        Some(cause) => {
            let run = report.run_id.filter(|_| report.command.spec.mutating);
            output::stderr(&failure::render(&cause, run, wish.color));
            cause.exit_code()
        }
    }
}

/// What a terminal is given: formats for machines without what it would obey or hide. A table is safe already.
fn looked_at(text: String, output: &str) -> String {
    if !std::io::IsTerminal::is_terminal(&std::io::stdout()) {
        return text;
    }
    match output {
        "json" | "jsonl" => human::safe_json(&text),
        "yaml" | "csv" => human::safe(&text),
        _ => text,
    }
}

/// It ran, and nobody could be told on stdout.
fn unwritten(report: &Report, cause: &std::io::Error) -> Failure {
    let code = &report.command.spec.code;
    let changed = report.command.spec.mutating && report.mode != Mode::DryRun;
    let message = match changed {
        true => format!("`dot {code}` was done, but its answer could not be written: {cause}"),
        false => format!("the answer of `dot {code}` could not be written: {cause}"),
    };
    let failure = Failure::new(Kind::Unwritten, message);
    match report.run_id.filter(|_| changed) {
        Some(run) => failure.hint(format!("What it did: dot run show {run}")),
        None => failure,
    }
}

/// Prints a failure that came before any run, and gives its exit code.
pub fn early(command: Option<&str>, cause: &Failure, output: &str, color: &str) -> u8 {
    if matches!(output, "json" | "jsonl" | "yaml") {
        // Where it cannot be written, stderr still has it.
        let _ = output::stdout(&machine(&document::of_failure(command, cause), output));
    }
    output::stderr(&failure::render(cause, None, color));
    cause.exit_code()
}

fn machine(document: &Value, output: &str) -> String {
    match output {
        "yaml" => exact::yaml(document),
        _ => format!("{document}\n"),
    }
}

fn data_text(outcome: &Outcome, report: &Report, wish: &Wish<'_>, fields: Option<&[String]>) -> Result<String> {
    let spec = &report.command.spec;
    let data = match (&spec.rows, fields) {
        (Some(list), _) if matches!(wish.output, "csv" | "jsonl") => outcome.data[list.as_str()].clone(),
        // What the object does not have is its rows'.
        (Some(list), Some(fields)) if fields.iter().any(|field| outcome.data.get(field).is_none()) => {
            outcome.data[list.as_str()].clone()
        }
        _ => outcome.data.clone(),
    };
    let data = match fields {
        Some(fields) => fields::pick(data, fields)?,
        None => data,
    };
    let written = &outcome.written[..];
    let rows = |data| Rows { data, written };
    Ok(match wish.output {
        "json" | "yaml" if written.is_empty() => {
            machine(&document::of_report(report, Some(data), wish.argv), wish.output)
        }
        "json" => {
            line(&Document { document: &document::of_report(report, Some(Value::Null), wish.argv), rows: rows(&data) })?
        }
        "yaml" => {
            Document { document: &document::of_report(report, Some(Value::Null), wish.argv), rows: rows(&data) }.yaml()
        }
        "jsonl" => match &data {
            Value::Array(items) if !written.is_empty() => items
                .iter()
                .zip(written)
                .map(|(row, written)| line(&Row { row, written }))
                .collect::<Result<String>>()?,
            Value::Array(rows) => rows.iter().map(|row| format!("{row}\n")).collect(),
            other => format!("{other}\n"),
        },
        "csv" => csv(&rows(&data).with_texts(), spec)?,
        _ => picture(&rows(&data).with_texts(), outcome, report, wish),
    })
}

/// One line of JSON.
fn line(value: &impl Serialize) -> Result<String> {
    let text = serde_json::to_string(value).map_err(|cause| Failure::unexpected(cause.to_string()))?;
    Ok(text + "\n")
}

/// For people.
fn picture(data: &Value, outcome: &Outcome, report: &Report, wish: &Wish<'_>) -> String {
    let spec = &report.command.spec;
    let style = Style { color: terminal::color_stdout(wish.color) };
    if let Some(text) = &outcome.text {
        return text.clone();
    }
    if let Some(text) = spec.raw.as_ref().and_then(|field| data[field.as_str()].as_str()) {
        return raw(text);
    }
    // What is only explained is no result of the command.
    let own = wish.program.builtin(spec).ok().filter(|_| wish.options.fields.is_none() && !wish.options.explain);
    let how = Picture { color: style.color, verbose: wish.options.verbose };
    let width = terminal::width().map(usize::from);
    if let Some((builtin, text)) = own.and_then(|builtin| Some((builtin, builtin.draw(data, how)?))) {
        return if builtin.draws_statements() { text } else { layout::folded(&text, width) };
    }
    let mut shown = match data {
        Value::Array(rows) => table::rows(rows, &spec.columns, wish.options.fields.is_some(), style),
        other => table::object(
            &in_order(other, if wish.options.fields.is_some() { &[] } else { &spec.fields }),
            if wish.options.fields.is_some() { &[] } else { &spec.list_columns },
            style,
        ),
    };
    if let Some(effects) = outcome.effects.as_ref().filter(|_| report.mode == Mode::DryRun || wish.options.verbose) {
        shown.push_str(&layout::folded(&effects::effects(effects, style), width));
    }
    if let Some(images) = outcome.images.as_ref().filter(|_| report.mode == Mode::DryRun) {
        shown.push_str(&layout::folded(&effects::images(images), width));
    }
    shown
}

/// Byte for byte, so that it can be kept in a file; on a terminal, safe to look at.
fn raw(text: &str) -> String {
    if !std::io::IsTerminal::is_terminal(&std::io::stdout()) {
        return text.to_owned();
    }
    let shown = super::human::safe(text);
    if shown.ends_with('\n') { shown } else { shown + "\n" }
}

/// The members in their declared order. What `run undo` needs is for the audit, not for the reader.
fn in_order(data: &Value, declared: &[String]) -> Value {
    let Some(members) = data.as_object() else { return data.clone() };
    let first = declared.iter().filter_map(|name| members.get_key_value(name));
    let others = members.iter().filter(|(name, _)| !declared.contains(name) && *name != "inverse");
    first.chain(others).map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn csv(data: &Value, spec: &CommandSpec) -> Result<String> {
    let rows: Vec<&Value> = match data {
        Value::Array(rows) => rows.iter().collect(),
        other => vec![other],
    };
    let header: Vec<String> = match rows.first().and_then(|row| row.as_object()) {
        // Those of a list in an object as the file has them, then what else there is.
        Some(row) => {
            let place = |name: &String| spec.list_columns.iter().position(|column| column.name == *name);
            let mut names: Vec<String> = row.keys().cloned().collect();
            if spec.rows.is_some() {
                names.sort_by_key(|name| place(name).unwrap_or(usize::MAX));
            }
            names
        }
        None => spec.columns.iter().chain(&spec.list_columns).map(|column| column.name.clone()).collect(),
    };
    let broken = |cause: &dyn std::fmt::Display| Failure::unexpected(format!("cannot write CSV: {cause}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).map_err(|cause| broken(&cause))?;
    for row in rows {
        let cells = header.iter().map(|name| match &row[name.as_str()] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        });
        writer.write_record(cells).map_err(|cause| broken(&cause))?;
    }
    let bytes = writer.into_inner().map_err(|cause| broken(&cause))?;
    String::from_utf8(bytes).map_err(|cause| broken(&cause))
}

/// What is said beside the data, on stderr.
fn notes(outcome: &Outcome, report: &Report, wish: &Wish<'_>) {
    if wish.options.quiet {
        return;
    }
    if !matches!(wish.output, "json" | "yaml") {
        for (name, time) in &report.times {
            let time = time.as_str().unwrap_or_default().replacen('T', " ", 1);
            output::stderr(&format!("{name} is {time}\n"));
        }
        outcome.warnings.iter().for_each(|warning| output::stderr(&format!("warning: {}\n", human::safe(warning))));
    }
    if wish.output != "table" {
        return;
    }
    let mut lines = Vec::new();
    if let Value::Array(rows) = &outcome.data {
        match &outcome.next_cursor {
            Some(cursor) => lines.push(format!(
                "{} row{}, and more: --cursor {cursor}, or --all",
                rows.len(),
                if rows.len() == 1 { "" } else { "s" }
            )),
            None if rows.is_empty() => lines.push("no rows".to_owned()),
            None => {}
        }
    }
    if report.mode == Mode::DryRun && outcome.effects.is_some() {
        lines.push("dry run: rolled back, nothing was changed".to_owned());
    }
    if let Some(run) = report.run_id.filter(|_| outcome.replayed) {
        lines.push(format!("done before under this idempotency key, as run {run}"));
    }
    if let (Some(plan), Some(path)) = (&outcome.plan, &wish.options.plan_out) {
        lines.push(format!(
            "plan {} kept in {path}; apply it with: dot apply {path}",
            &plan.digest[..12.min(plan.digest.len())]
        ));
    }
    if let Some(pair) = outcome.pair.as_ref().filter(|pair| pair["verdict"] == "verified") {
        lines.push(format!("verified by dot {}", pair["command"].as_str().unwrap_or_default()));
    }
    if wish.options.verbose {
        let run = report.run_id.map_or(String::new(), |run| format!("run {run} · "));
        lines.push(format!("{run}trace {} · {} ms", report.trace_id, report.elapsed.as_millis()));
    }
    for line in lines {
        let shown = match terminal::width_stderr() {
            Some(width) => layout::broken(&line, width.into()).join("\n"),
            None => line,
        };
        output::stderr(&format!("{shown}\n"));
    }
}
