//! `dot`: parse → envelope → pipeline → render.

use std::ffi::OsString;
use std::iter;
use std::process::ExitCode;
use std::time::SystemTime;

use dot::cli::complete;
use dot::cli::parse::{self, Parsed, Request};
use dot::database::Session;
use dot::envelope::Envelope;
use dot::failure::{Failure, Kind, Result};
use dot::pipeline::{self, Invocation, Program, Report};
use dot::render::report::{Wish, early, report};
use dot::render::{human, output};
use dot::settings::Settings;
use dot::telemetry::{self, Span};
use dot::worker::launch;
use dot::{builtin, cluster, terminal};

fn main() -> ExitCode {
    if launch::requested() {
        return ExitCode::FAILURE;
    }
    if complete::requested() {
        return complete::answer();
    }
    let argv = parse::spelled(std::env::args_os().collect());
    let code = invoke(&argv).unwrap_or_else(|failure| {
        let output = parse::output_hint(&argv).unwrap_or_else(|| "table".to_owned());
        early(None, &failure, &output, "auto")
    });
    ExitCode::from(code)
}

/// From argv to the exit code. An error here is one that came before there was a run to report.
fn invoke(argv: &[OsString]) -> Result<u8> {
    let mut catalog = parse::catalog(argv)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|cause| Failure::unexpected(format!("cannot start: {cause}")))?;
    let request = match parse::parse(argv, &catalog)? {
        Parsed::Request(request) => request,
        Parsed::Text(text) => {
            return output::stdout(&text)
                .map(|()| 0)
                .map_err(|cause| Failure::new(Kind::Unwritten, format!("the text could not be written: {cause}")));
        }
        Parsed::Unknown(failure) => {
            // Not the program's and not a directory's: it may be a command that lives in the database.
            let more = runtime.block_on(complete::database_commands(argv));
            catalog.extend(more.map_err(|_| failure.clone())?);
            match parse::parse(argv, &catalog)? {
                Parsed::Request(request) => request,
                Parsed::Text(_) | Parsed::Unknown(_) => return Err(failure),
            }
        }
    };
    let settings = request.settings.clone();
    let (format, color) = (settings.output.value.clone(), settings.color.value.clone());
    let options = request.options.clone();
    let program = Program::new(catalog, builtin::ALL);
    let ended = runtime.block_on(run(*request, settings, &program));
    let line: Vec<String> =
        iter::once("dot".to_owned()).chain(argv.iter().skip(1).map(|arg| arg.to_string_lossy().into_owned())).collect();
    let wish = Wish { output: &format, color: &color, options: &options, program: &program, argv: &line };
    Ok(report(&ended, &wish))
}

async fn run(request: Request, settings: Settings, program: &Program) -> Report {
    let envelope = Envelope::new(&request.options, &settings);
    let may_ask = terminal::may_prompt(&request.options);
    let unusable = request.unusable;
    let mut session = Session::new(settings, cluster::Options { fetch: request.options.fetch_postgres, ask: may_ask });
    let (span_id, parent) = (envelope.span_id.clone(), envelope.parent_span.clone());
    let quiet = request.options.quiet;
    let mut invocation = Invocation::new(request.command, request.args, envelope, request.options);
    invocation.unusable = unusable;
    let report = pipeline::execute(&mut session, program, invocation).await;
    session.close().await;
    for warning in session.warnings().iter().filter(|_| !quiet) {
        output::stderr(&format!("warning: {}\n", human::safe(warning)));
    }
    if telemetry::endpoint().is_some() {
        telemetry::export(&[span(&report, span_id, parent)]).await;
    }
    report
}

/// The invocation as a span of its trace.
fn span(report: &Report, span_id: String, parent: Option<String>) -> Span {
    let end = SystemTime::now();
    Span {
        trace_id: report.trace_id.clone(),
        span_id,
        parent,
        name: format!("dot {}", report.command.spec.code),
        kind: telemetry::Kind::Invocation,
        start: end - report.elapsed,
        end,
        attributes: report.run_id.iter().map(|run| ("dot.run_id", run.to_string().into())).collect(),
        failure: report.failure().map(|failure| failure.message),
    }
}
