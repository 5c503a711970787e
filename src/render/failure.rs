//! Failures for people, as miette reports: what failed, why, what to do next.

use std::fmt::{self, Display};

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};
use serde_json::Value;
use uuid::Uuid;

use super::human::safe;
use super::terminal;
use crate::failure::Failure;

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
        if let Some(Value::String(detail)) = &self.failure.detail {
            lines.push(safe(detail));
        }
        if let Some(run) = self.run_id {
            lines.push(format!("run {run}"));
        }
        (!lines.is_empty()).then(|| Box::new(lines.join("\n")) as Box<dyn Display + 'a>)
    }
}

/// The report as text for stderr.
pub fn render(failure: &Failure, run_id: Option<Uuid>, color: &str) -> String {
    let theme = match (terminal::color_stderr(color), std::io::IsTerminal::is_terminal(&std::io::stderr())) {
        (true, _) => GraphicalTheme::unicode(),
        (false, true) => GraphicalTheme::unicode_nocolor(),
        (false, false) => GraphicalTheme::none(),
    };
    let mut text = String::new();
    let handler = GraphicalReportHandler::new_themed(theme).with_width(100).with_links(false);
    match handler.render_report(&mut text, &Shown { failure, run_id }) {
        Ok(()) => text,
        Err(_) => format!("error: {}\n", failure.message),
    }
}
