//! A server as people share one: TCP, and a password for every login (scram). It lives as long as this process.
//!
//! The tests' own server trusts whoever reaches its socket, so there a login is what a client says. Here it is what it proves.

use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::server::{execute, server};
use super::{bare, place, wait};

/// The database with the platform in it, of which each test gets a copy.
const TEMPLATE: &str = "template_shared";

pub struct Shared {
    /// Ends the server, and removes its files, when its input is closed: with this process, however that ends.
    _keeper: Child,
    port: u16,
    password: String,
    log: PathBuf,
}

static SHARED: OnceLock<Shared> = OnceLock::new();

/// A new database of it.
pub fn take() -> (&'static Shared, String) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let shared = SHARED.get_or_init(|| {
        let shared = Shared::start();
        shared.fill();
        shared
    });
    let name = format!("s_{:04}", NEXT.fetch_add(1, Ordering::Relaxed));
    shared.admin(&format!("create database {name} template {TEMPLATE}"));
    (shared, name)
}

impl Shared {
    fn start() -> Shared {
        // The binaries and the account of the tests' own server.
        let known = &server().data;
        let options = fs::read_to_string(known.join("postmaster.opts")).expect("what the server was started with");
        let program = Path::new(options.split(' ').next().expect("a program")).to_owned();
        let owner = fs::metadata(known).expect("its data");
        let folder = place::state_dir().join("shared");
        fs::create_dir_all(&folder).expect("a folder");
        fs::set_permissions(&folder, Permissions::from_mode(0o755)).expect("it may be passed through");
        let dir = folder.join(uuid::Uuid::new_v4().simple().to_string());
        fs::create_dir(&dir).expect("a folder");
        let (data, log) = (dir.join("data"), dir.join("log"));
        let (password, file) = (uuid::Uuid::new_v4().simple().to_string(), dir.join("password"));
        fs::write(&file, &password).expect("the password");
        for path in [&folder, &dir, &file] {
            chown(path, Some(owner.uid()), Some(owner.gid())).expect("the server's own");
        }
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let by = |command: &mut Command| {
            command.current_dir("/").stdout(Stdio::null()).stderr(Stdio::null());
            if rustix::process::geteuid().is_root() {
                command.uid(owner.uid()).gid(owner.gid());
            }
        };
        let mut initdb = Command::new(program.with_file_name("initdb"));
        by(initdb.args(["--username=dot", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]));
        initdb.arg("--pwfile").arg(&file).arg("-D").arg(&data);
        assert!(initdb.status().expect("initdb runs").success(), "initdb");
        let script = r#"dir=$1; shift; "$@" >"$dir/log" 2>&1 & cat >/dev/null; kill -INT $!; wait; rm -rf "$dir""#;
        let mut keeper = Command::new("sh");
        by(keeper.args(["-c", script, "sh"]).arg(&dir).arg(&program).arg("-D").arg(&data));
        keeper.args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]);
        keeper.args([
            "-c",
            "fsync=off",
            "-c",
            "autovacuum=off",
            "-c",
            "jit=off",
            "-c",
            "max_locks_per_transaction=256",
        ]);
        let keeper = keeper.stdin(Stdio::piped()).spawn().expect("a shell");
        let shared = Shared { _keeper: keeper, port, password, log };
        let until = Instant::now() + Duration::from_secs(60);
        while wait(async { shared.options("postgres").connect().await }).is_err() {
            assert!(
                Instant::now() < until,
                "the server answers: {}",
                fs::read_to_string(&shared.log).unwrap_or_default()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        shared
    }

    fn fill(&self) {
        self.admin(&format!("create database {TEMPLATE} template template0"));
        for args in [&["migrate", "apply"][..], &["catalog", "sync"]] {
            let output = bare(args).env("DATABASE_URL", self.url(TEMPLATE)).output().expect("dot runs");
            assert!(output.status.success(), "dot {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }

    fn admin(&self, sql: &str) {
        wait(async {
            let mut connection = self.options("postgres").connect().await.expect("a connection");
            execute(&mut connection, sql).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
        });
    }

    /// For the superuser, with the password that initdb was given.
    pub fn options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .host("127.0.0.1")
            .port(self.port)
            .username("dot")
            .password(&self.password)
            .database(database)
            .ssl_mode(PgSslMode::Disable)
    }

    pub fn url(&self, database: &str) -> String {
        self.url_of("dot", &self.password, database)
    }

    pub fn url_of(&self, login: &str, password: &str, database: &str) -> String {
        format!("postgres://{login}:{password}@127.0.0.1:{}/{database}?sslmode=disable", self.port)
    }

    /// What the server has written, from first to last.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).expect("the server's log")
    }
}
