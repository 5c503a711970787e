//! Writing to stdout. A reader that has gone away is no error: the program ends as `cat` would, with 141.

use std::io::{self, Write};

/// The exit code of a program whose reader closed the pipe: 128 + SIGPIPE.
pub const CLOSED_PIPE: u8 = 141;

/// Writes all of `text`, and ends the process quietly where the pipe is closed.
pub fn stdout(text: &str) -> io::Result<()> {
    match answer(text) {
        Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => std::process::exit(i32::from(CLOSED_PIPE)),
        other => other,
    }
}

/// Writes all of `text`, which says what was done: a reader that has gone away does not know it.
pub fn answer(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush())
}

/// Writes to stderr; where that is closed there is no one left to tell.
pub fn stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
