//! pgbouncer in transaction mode before the tests' server, for a test run that asks for it.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;

use super::Db;

struct Pooler {
    _process: Child,
    dir: tempfile::TempDir,
}

static POOLER: OnceLock<Pooler> = OnceLock::new();

/// The address of this database behind the pooler; none where the run does not ask for one.
pub fn address(db: &Db) -> Option<String> {
    std::env::var_os("DOT_TEST_POOLER").filter(|asked| asked != "0")?;
    let pooler = POOLER.get_or_init(|| start(db));
    Some(format!("postgres://dot@localhost:6432/{}?host={}", db.name, pooler.dir.path().display()))
}

/// How to connect to this database: through the pooler where the run asks for one.
pub fn options(db: &Db) -> PgConnectOptions {
    address(db).map_or_else(|| db.options(), |url| url.parse().expect("an address"))
}

fn start(db: &Db) -> Pooler {
    let dir = super::tempdir();
    let program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"]
        .map(PathBuf::from)
        .into_iter()
        .find(|path| path.exists())
        .expect("DOT_TEST_POOLER is set, so pgbouncer must be installed");
    let server = db.options().get_socket().expect("a socket").display().to_string();
    let place = dir.path().display();
    let config = dir.path().join("pgbouncer.ini");
    std::fs::write(
        &config,
        format!(
            "[databases]\n* = host={server} user=dot\n[pgbouncer]\npool_mode = transaction\nlisten_addr =\nlisten_port = 6432\nunix_socket_dir = {place}\n\
             auth_type = any\nmax_client_conn = 500\ndefault_pool_size = 20\nignore_startup_parameters = extra_float_digits,application_name,options\nlogfile = {place}/log\n"
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
    Pooler { _process: process, dir }
}
