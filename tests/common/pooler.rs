//! pgbouncer in transaction mode before the tests' server, for a test run that asks for it.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;

use super::Db;

pub struct Pooler {
    process: Child,
    dir: tempfile::TempDir,
}

impl Pooler {
    /// Of this login to this database.
    pub fn url(&self, login: &str, db: &Db) -> String {
        format!("postgres://{login}@localhost:6432/{}?host={}", db.name, self.dir.path().display())
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

static POOLER: OnceLock<Pooler> = OnceLock::new();

/// The address of this database behind the pooler; none where the run does not ask for one.
pub fn address(db: &Db) -> Option<String> {
    std::env::var_os("DOT_TEST_POOLER").filter(|asked| asked != "0")?;
    let settings = "pool_mode = transaction\nignore_startup_parameters = extra_float_digits,application_name,options\n";
    let start = || start(db, "dot", settings).expect("DOT_TEST_POOLER is set, so pgbouncer must be installed");
    Some(POOLER.get_or_init(start).url("dot", db))
}

/// How to connect to this database: through the pooler where the run asks for one.
pub fn options(db: &Db) -> PgConnectOptions {
    address(db).map_or_else(|| db.options(), |url| url.parse().expect("an address"))
}

/// One that asks the server as this login, whoever comes; none where pgbouncer is not installed.
pub fn start(db: &Db, login: &str, settings: &str) -> Option<Pooler> {
    serving(db, "*", login, settings)
}

/// The same, for this database alone, or for any (`*`).
pub fn serving(db: &Db, database: &str, login: &str, settings: &str) -> Option<Pooler> {
    let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"]
        .map(PathBuf::from)
        .into_iter()
        .find(|path| path.exists())?;
    let dir = super::tempdir();
    let server = db.options().get_socket().expect("a socket").display().to_string();
    let place = dir.path().display();
    let config = dir.path().join("pgbouncer.ini");
    std::fs::write(
        &config,
        format!(
            "[databases]\n{database} = host={server} user={login}\n[pgbouncer]\nlisten_addr =\nlisten_port = 6432\nunix_socket_dir = {place}\n\
             auth_type = any\nmax_client_conn = 500\ndefault_pool_size = 20\nlogfile = {place}/log\n{settings}"
        ),
    )
    .expect("a file");
    let mut command = Command::new(program);
    if rustix::process::getuid().is_root() {
        // It refuses to be root.
        let given = Command::new("chown").args(["-R", "postgres", &place.to_string()]).status().expect("chown runs");
        assert!(given.success());
        command.args(["-u", "postgres"]);
    }
    let process = command.arg(&config).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("pgbouncer runs");
    let until = Instant::now() + Duration::from_secs(10);
    while !dir.path().join(".s.PGSQL.6432").exists() {
        assert!(Instant::now() < until, "pgbouncer opens its socket");
        std::thread::sleep(Duration::from_millis(20));
    }
    Some(Pooler { process, dir })
}
