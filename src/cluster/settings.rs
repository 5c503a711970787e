//! The server settings of a new cluster.
//!
//! They are written once, at the end of its `postgresql.conf`, and may be edited there afterwards. What must hold
//! whatever the file says (the socket, no TCP) is given on the server's command line instead; see [`super::start`].

use std::fs;

/// The text that is appended to `postgresql.conf`.
pub fn text() -> String {
    format!(
        "
# Written by dot when it made this cluster. Edit as you like; read again by `dot down` and `dot up`.
# Nothing acknowledged may be lost.
fsync = on
synchronous_commit = on
full_page_writes = on

# A machine shared with other work.
shared_buffers = {shared_buffers}MB
max_connections = 200
max_wal_size = 4GB
wal_compression = on
jit = off
# A rehearsed migration locks every table and index of the schema in one transaction.
max_locks_per_transaction = 256
# Every command's session is new and calls PL/pgSQL: loaded once here, not in each.
shared_preload_libraries = 'plpgsql'

# The user and the platform's schema share a name: unqualified names must not land in that schema.
search_path = 'public'

# Seen by `dot doctor` and by whoever reads the log.
track_io_timing = on
cluster_name = 'dot'
log_line_prefix = '%m [%p] %q%u@%d %a '
log_checkpoints = off
",
        shared_buffers = shared_buffers(memory_megabytes())
    )
}

/// An eighth of the memory, from 128 to 2048 megabytes: reading a million audit rows again from beyond the buffers costs a
/// fifth more.
fn shared_buffers(memory: u64) -> u64 {
    (memory / 8).clamp(128, 2048)
}

/// The memory this process may use: of the machine, or of its control group where that is less.
fn memory_megabytes() -> u64 {
    let machine = fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
        line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
    });
    let group = fs::read_to_string("/sys/fs/cgroup/memory.max").ok();
    let group = group.and_then(|text| text.trim().parse::<u64>().ok()).map(|bytes| bytes / 1024 / 1024);
    machine.into_iter().chain(group).min().unwrap_or(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffers_follow_the_memory_within_bounds() {
        assert_eq!(shared_buffers(256), 128);
        assert_eq!(shared_buffers(2048), 256);
        assert_eq!(shared_buffers(64 * 1024), 2048);
    }
}
