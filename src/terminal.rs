//! What the terminal can do and what the user wants of it.

use std::env;
use std::io::{IsTerminal, stderr, stdin, stdout};
use std::os::fd::AsFd;

use crate::settings::Options;

/// Whether a person can be asked: stdin and stderr are terminals, this is no CI, and prompts were not forbidden.
pub fn may_prompt(options: &Options) -> bool {
    !options.no_input && !in_ci() && stdin().is_terminal() && stderr().is_terminal()
}

/// Whether progress may be drawn on stderr.
pub fn may_draw(options: &Options) -> bool {
    !options.quiet && !in_ci() && stderr().is_terminal() && !is_dumb()
}

fn in_ci() -> bool {
    env::var("CI").is_ok_and(|ci| !ci.is_empty() && ci != "false")
}

fn is_dumb() -> bool {
    env::var("TERM").is_ok_and(|term| term == "dumb")
}

/// Whether stdout is coloured, for `--color auto|always|never`. `NO_COLOR` counts as never where nothing else was said.
pub fn color_stdout(when: &str) -> bool {
    colored(when, stdout().is_terminal())
}

pub fn color_stderr(when: &str) -> bool {
    colored(when, stderr().is_terminal())
}

fn colored(when: &str, terminal: bool) -> bool {
    match when {
        "always" => true,
        "never" => false,
        _ => terminal && !is_dumb() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}

/// The width of the terminal on stdout; none where stdout is no terminal, so that nothing is cut off.
pub fn width() -> Option<u16> {
    width_of(stdout())
}

/// The same of stderr.
pub fn width_stderr() -> Option<u16> {
    width_of(stderr())
}

fn width_of(stream: impl IsTerminal + AsFd) -> Option<u16> {
    if !stream.is_terminal() {
        return None;
    }
    let size = rustix::termios::tcgetwinsize(stream).ok()?;
    (size.ws_col > 0).then_some(size.ws_col)
}
