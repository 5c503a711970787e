//! Where tests keep their files: in memory where there is room. Making and removing a thousand files is most of what a
//! database of its own costs on a disk.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rustix::fs::{Access, StatVfsMountFlags, access, statvfs};
use tempfile::TempDir;

/// What the file system must be able to hold in all.
const ROOM: u64 = 4 << 30;

/// The folder for temporary files, in memory where programs may be started there too.
fn fastest() -> &'static Path {
    static PLACE: OnceLock<PathBuf> = OnceLock::new();
    PLACE.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let fits = statvfs(memory).is_ok_and(|fs| {
            fs.f_blocks * fs.f_frsize >= ROOM
                && !fs.f_flag.intersects(StatVfsMountFlags::NOEXEC | StatVfsMountFlags::RDONLY)
        });
        match fits && access(memory, Access::WRITE_OK | Access::EXEC_OK).is_ok() {
            true => memory.to_owned(),
            false => std::env::temp_dir(),
        }
    })
}

/// An empty folder that goes with this value.
pub fn tempdir() -> TempDir {
    tempfile::Builder::new().prefix("dot-").tempdir_in(fastest()).expect("a folder")
}

/// Where the tests' server lives with all that belongs to it: outside any home, and traversable for the server's account.
pub fn state_dir() -> &'static Path {
    static DIR: OnceLock<PathBuf> = OnceLock::new();
    DIR.get_or_init(|| {
        let user = rustix::process::getuid().as_raw();
        // A benchmark measures what users get: a server of its own, on a disk and with durable settings.
        let dir = match std::env::var_os("DOT_TEST_STATE_DIR").map(PathBuf::from) {
            Some(dir) if cfg!(test) => dir,
            Some(dir) => dir.join("durable"),
            None if cfg!(test) => fastest().join(format!("dot-tests-{user}")),
            None => std::env::temp_dir().join(format!("dot-benches-{user}")),
        };
        fs::create_dir_all(&dir).expect("the tests' state directory");
        // SAFETY: set once, by the first caller, before this process reads it.
        unsafe { std::env::set_var("DOT_STATE_DIR", &dir) };
        dir
    })
}

/// A lock between processes, which the operating system takes back from one that dies.
pub fn lock(name: &str) -> File {
    let file = File::create(state_dir().join(format!("{name}.lock"))).expect("a lock file");
    file.lock().expect("a lock");
    file
}
