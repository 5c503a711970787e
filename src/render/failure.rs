//! Failures for people, as miette reports: what failed, why, what to do next.

use std::fmt::{self, Display};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};
use serde_json::Value;
use textwrap::{WordSeparator, WordSplitter};
use uuid::Uuid;

use super::effects::images;
use super::human::safe;
use crate::failure::Failure;
use crate::pipeline::images::RowImage;
use crate::terminal;

#[derive(Debug)]
struct Shown<'a> {
    failure: &'a Failure,
    run_id: Option<Uuid>,
}

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&safe(&self.failure.message))
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        Some(Box::new(format!("{} {}", self.failure.code, self.failure.kind.name())))
    }

    fn help<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        let mut lines: Vec<String> = self.failure.hint.iter().map(|hint| safe(hint)).collect();
        match &self.failure.detail {
            Some(Value::String(detail)) => lines.push(safe(detail)),
            Some(detail) => lines.extend(points(detail)),
            None => {}
        }
        if let Some(run) = self.run_id {
            lines.push(if lines.is_empty() { format!("dot run show {run}") } else { format!("run {run}") });
        }
        (!lines.is_empty()).then(|| Box::new(lines.join("\n")) as Box<dyn Display + 'a>)
    }
}

/// The most points of a detail that are listed.
const POINTS: usize = 20;

/// What a structured detail finds wrong, a line each: `errors` of a validation (`{at, message}`), `differences` of two
/// schemas (`{direction, says, witness, errors}`). One error alone is in the message already.
fn points(detail: &Value) -> Vec<String> {
    let listed = |name: &str| detail[name].as_array().or_else(|| detail["event_rejected"][name].as_array());
    let mut lines = Vec::new();
    if let Some(errors) = listed("errors").filter(|errors| errors.len() > 1) {
        lines.extend(errors.iter().filter_map(point));
    }
    for difference in listed("differences").into_iter().flatten() {
        let says = difference["says"].as_str().unwrap_or_default();
        let direction = difference["direction"].as_str().unwrap_or_default();
        match difference.get("witness") {
            Some(witness) => lines.push(format!("{direction}: {says}, such as {witness}")),
            None => lines.push(format!("{direction}: {says}")),
        }
        lines.extend(difference["errors"].as_array().into_iter().flatten().filter_map(point));
    }
    lines.extend(drift(detail));
    let beyond = lines.len().saturating_sub(POINTS);
    lines.truncate(POINTS);
    if beyond > 0 {
        lines.push(format!("and {beyond} more: --output json has them all"));
    }
    lines.iter().map(|line| safe(line)).collect()
}

/// What differs between a plan and what would happen now: `{differs: [part], planned, measured, rows: images}`.
fn drift(detail: &Value) -> Vec<String> {
    let Some(parts) = detail["differs"].as_array() else { return Vec::new() };
    let mut lines: Vec<String> = parts
        .iter()
        .filter_map(Value::as_str)
        .map(|part| match part {
            "base_digest" => "the rows that it would replace are not what they were".to_owned(),
            "rows_digest" => "the rows would become something else".to_owned(),
            "code_digest" => "the code that it would run is another".to_owned(),
            part => format!("{part}: {} as planned, {} now", detail["planned"][part], detail["measured"][part]),
        })
        .collect();
    if let Ok(rows) = serde_json::from_value::<Vec<RowImage>>(detail["rows"].clone())
        && !rows.is_empty()
    {
        lines.push("now it would change:".to_owned());
        lines.extend(images(&rows).lines().map(str::to_owned));
    }
    lines
}

fn point(error: &Value) -> Option<String> {
    let at = error["at"].as_str().filter(|at| !at.is_empty()).unwrap_or("/");
    error["message"].as_str().map(|message| format!("  {at}: {message}"))
}

/// The report as text for stderr.
pub fn render(failure: &Failure, run_id: Option<Uuid>, color: &str) -> String {
    let theme = match (terminal::color_stderr(color), std::io::IsTerminal::is_terminal(&std::io::stderr())) {
        (true, _) => GraphicalTheme::unicode(),
        (false, true) => GraphicalTheme::unicode_nocolor(),
        (false, false) => GraphicalTheme::none(),
    };
    let mut text = String::new();
    let width = terminal::width_stderr().map_or(100, usize::from).min(100);
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(width)
        .with_break_words(false)
        .with_word_separator(WordSeparator::AsciiSpace)
        .with_word_splitter(WordSplitter::NoHyphenation)
        .with_links(false);
    match handler.render_report(&mut text, &Shown { failure, run_id }) {
        Ok(()) => text,
        Err(_) => format!("error: {}\n", failure.message),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_detail_is_told_point_by_point() {
        let errors = json!([{ "at": "", "message": "a is missing" }, { "at": "/b", "message": "is no string" }]);
        let two = ["  /: a is missing", "  /b: is no string"];
        assert_eq!(points(&json!({ "errors": errors })), two);
        assert_eq!(points(&json!({ "event_rejected": { "errors": errors } })), two);
        assert!(points(&json!({ "errors": [errors[0]] })).is_empty(), "the message says it");
        let many: Vec<Value> = (0..50).map(|n| json!({ "at": format!("/{n}"), "message": "bad" })).collect();
        assert_eq!(
            points(&json!({ "errors": many })).last().map(String::as_str),
            Some("and 30 more: --output json has them all")
        );
        let row =
            json!({ "table": "dot.t", "key": { "k": 1 }, "before": { "k": 1, "v": 5 }, "after": { "k": 1, "v": 4 } });
        let drift = json!({ "differs": ["base_digest", "locks"], "planned": { "locks": [] }, "measured": { "locks": [1] }, "rows": [row] });
        let told = points(&drift);
        assert_eq!(
            told[..3],
            [
                "the rows that it would replace are not what they were",
                "locks: [] as planned, [1] now",
                "now it would change:"
            ]
        );
        assert!(
            told.iter().any(|line| line.contains("- v: 5")) && told.iter().any(|line| line.contains("+ v: 4")),
            "{told:?}"
        );
        let differences = json!({ "differences": [{ "direction": "forward", "says": "readers reject", "witness": { "n": 1 }, "errors": [errors[1]] }] });
        assert_eq!(points(&differences), ["forward: readers reject, such as {\"n\":1}", "  /b: is no string"]);
    }
}
