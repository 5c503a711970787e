//! Keeps the caller's open files away from a server that outlives the caller.

use std::fs;
use std::os::fd::BorrowedFd;

use rustix::io::{FdFlags, fcntl_getfd, fcntl_setfd};

/// Marks every descriptor above stderr as not to be inherited.
///
/// A shell may have handed us pipes and lock files (`exec 9>lock; flock 9; dot up`). Through a server that inherits
/// them the lock would be held, and the pipe's reader would wait, until the server is stopped.
pub fn keep_to_ourselves() {
    let listing = if cfg!(target_os = "linux") { "/proc/self/fd" } else { "/dev/fd" };
    let entries = fs::read_dir(listing).into_iter().flatten().flatten();
    let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    for number in numbers.filter(|number| *number > 2).collect::<Vec<_>>() {
        // SAFETY: the descriptor is borrowed for the two calls below and nothing is read or closed through it. Should
        // another thread close it meanwhile, they fail with EBADF, or mark a newer file, which Rust does anyway.
        let descriptor = unsafe { BorrowedFd::borrow_raw(number) };
        if let Ok(flags) = fcntl_getfd(descriptor) {
            let _ = fcntl_setfd(descriptor, flags | FdFlags::CLOEXEC);
        }
    }
}
