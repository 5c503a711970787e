//! Starts a program that cannot outlive or outgrow its worker.
//!
//! The limits must be set in the new process before the program begins. So the worker starts itself once more, as nothing
//! but a launcher: it has the kernel kill it when its parent dies, limits its memory, and becomes the program.

use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use rustix::process::{Resource, Rlimit, Signal};

/// The first argument that makes this program a launcher.
const WORD: &str = "__launch";

/// What starts `program` under a launcher. `memory`: of its address space, in megabytes.
pub fn command(program: &str, args: &[&str], memory: u64) -> io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(WORD).arg(std::process::id().to_string()).arg(memory.to_string()).arg(program).args(args);
    Ok(command)
}

/// Whether this process is a launcher; it never returns then.
pub fn requested() -> bool {
    let mut argv = std::env::args_os().skip(1);
    if argv.next().is_none_or(|word| word != WORD) {
        return false;
    }
    let mut number = || argv.next().and_then(|text| text.to_str()?.parse::<u64>().ok());
    let (parent, memory) = (number(), number());
    let rest: Vec<_> = argv.collect();
    let (Some(parent), Some(memory), Some((program, args))) = (parent, memory, rest.split_first()) else {
        return false;
    };
    let bytes = memory.saturating_mul(1024 * 1024);
    let limit = Rlimit { current: Some(bytes), maximum: Some(bytes) };
    let bound = rustix::process::set_parent_process_death_signal(Some(Signal::KILL))
        .and_then(|()| rustix::process::setrlimit(Resource::As, limit));
    // The parent may have died before the kernel was asked to watch it.
    let orphaned =
        rustix::process::getppid().is_none_or(|pid| pid.as_raw_nonzero().get().cast_unsigned() as u64 != parent);
    if bound.is_err() || orphaned {
        std::process::exit(126);
    }
    let cause = Command::new(program).args(args).exec();
    eprintln!("{}: {cause}", program.to_string_lossy());
    std::process::exit(127);
}
