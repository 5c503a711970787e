//! A server as people share one: TCP, TLS, and rules for who comes in how. It lives as long as its value.

use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use rcgen::{CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions};
use tempfile::TempDir;

use crate::common::server::server;
use crate::common::{Ran, bare, place, wait};

pub const PASSWORD: &str = "hunter2";

/// An authority, with its certificate in a file.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub pem: String,
}

impl Authority {
    pub fn new(name: &str) -> Authority {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(vec![]).expect("parameters");
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).expect("a certificate").pem();
        Authority { issuer: Issuer::new(params, key), pem }
    }

    /// A certificate of an authority that is a server's own, with its key.
    pub fn itself(name: &str) -> (String, String) {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(vec![name.to_owned()]).expect("parameters");
        params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        (params.self_signed(&key).expect("a certificate").pem(), key.serialize_pem())
    }

    /// A certificate for these names, with its key. `until`: the last year in which it holds.
    pub fn sign(&self, names: &[&str], until: i32) -> (String, String) {
        let key = KeyPair::generate().expect("a key");
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names.clone()).expect("parameters");
        params.distinguished_name.push(DnType::CommonName, names.first().map_or("none", String::as_str));
        params.not_before = date_time_ymd(2000, 1, 1);
        params.not_after = date_time_ymd(until, 12, 31);
        let signed = params.signed_by(&key, &self.issuer).expect("a certificate");
        (signed.pem(), key.serialize_pem())
    }
}

pub struct Server {
    /// Ends the server when its input is closed: with this process, however that ends.
    keeper: Option<Child>,
    dir: TempDir,
    pub port: u16,
    pub authority: Authority,
    owner: (u32, u32),
}

/// Who comes in how. A login's name says it: by TLS alone, without it alone, by a certificate of its own, or by password.
const RULES: &str = "hostssl all encrypted 127.0.0.1/32 trust
hostnossl all clear 127.0.0.1/32 trust
hostssl all certified 127.0.0.1/32 cert
host all encrypted,clear,certified 127.0.0.1/32 reject
host all dot,trusted 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
";

/// One for the tests that do not change it.
pub fn shared() -> &'static Server {
    static SHARED: OnceLock<Server> = OnceLock::new();
    SHARED.get_or_init(|| Server::start(&["127.0.0.1", "localhost"], 2099))
}

impl Server {
    pub fn start(names: &[&str], until: i32) -> Server {
        // The binaries and the account of the tests' own server.
        let known = &server().data;
        let options = fs::read_to_string(known.join("postmaster.opts")).expect("what the server was started with");
        let program = PathBuf::from(options.split(' ').next().expect("a program"));
        let owner = fs::metadata(known).expect("its data");
        let owner = (owner.uid(), owner.gid());
        let dir = tempfile::Builder::new().prefix("tls-").tempdir_in(place::state_dir()).expect("a folder");
        fs::set_permissions(dir.path(), Permissions::from_mode(0o755)).expect("it may be passed through");
        chown(dir.path(), Some(owner.0), Some(owner.1)).expect("the server's own");
        let by = |command: &mut Command| {
            command.current_dir("/").stdout(Stdio::null()).stderr(Stdio::null());
            if rustix::process::geteuid().is_root() {
                command.uid(owner.0).gid(owner.1);
            }
        };
        let data = dir.path().join("data");
        let mut initdb = Command::new(program.with_file_name("initdb"));
        by(initdb.args(["--username=dot", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]));
        assert!(initdb.arg("-D").arg(&data).status().expect("initdb runs").success(), "initdb");
        fs::write(data.join("pg_hba.conf"), RULES).expect("the rules");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let authority = Authority::new("an authority of ours");
        let script = r#"dir=$1; shift; "$@" >"$dir/log" 2>&1 & cat >/dev/null; kill -INT $!; wait"#;
        let mut keeper = Command::new("sh");
        by(keeper.args(["-c", script, "sh"]).arg(dir.path()).arg(&program).arg("-D").arg(&data));
        keeper.args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]);
        keeper.args(["-c", "fsync=off", "-c", "ssl=on", "-c", "ssl_ca_file=root.crt", "-c", "jit=off"]);
        fs::write(data.join("root.crt"), &authority.pem).expect("a file");
        let mut server = Server { keeper: None, dir, port, authority, owner };
        server.certify(&server.authority.sign(names, until));
        server.keeper = Some(keeper.stdin(Stdio::piped()).spawn().expect("a shell"));
        let until = Instant::now() + Duration::from_secs(60);
        while wait(async { server.options().connect().await }).is_err() {
            let log = || fs::read_to_string(server.dir.path().join("log")).unwrap_or_default();
            assert!(Instant::now() < until, "the server answers: {}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
        server.sql("create role encrypted login; create role clear login; create role certified login; create role trusted login");
        server.sql(&format!("create role me login password '{PASSWORD}'"));
        server
    }

    /// Gives it another certificate, in force for who connects from now on.
    pub fn certify(&self, (certificate, key): &(String, String)) {
        let data = self.dir.path().join("data");
        for (name, text) in [("server.crt", certificate), ("server.key", key)] {
            let path = data.join(name);
            fs::write(&path, text).expect("a file");
            fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("a mode");
            chown(&path, Some(self.owner.0), Some(self.owner.1)).expect("the server's own");
        }
        if data.join("postmaster.pid").exists() {
            let before = self.one("select pg_conf_load_time()::text");
            self.sql("select pg_reload_conf()");
            while self.one("select pg_conf_load_time()::text") == before {
                std::thread::sleep(Duration::from_millis(5));
            }
        }
    }

    /// As the superuser.
    pub fn options(&self) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .host("127.0.0.1")
            .port(self.port)
            .username("dot")
            .database("postgres")
            .ssl_mode(PgSslMode::Disable)
    }

    pub fn sql(&self, sql: &str) {
        wait(async {
            let mut connection = self.options().connect().await.expect("a connection");
            sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.expect("it runs");
        });
    }

    pub fn one(&self, sql: &str) -> String {
        wait(async {
            let mut connection = self.options().connect().await.expect("a connection");
            let found = sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection).await;
            found.expect("one text")
        })
    }

    pub fn url(&self, user: &str, rest: &str) -> String {
        format!("postgres://{user}@127.0.0.1:{}/postgres{rest}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(keeper) = &mut self.keeper {
            drop(keeper.stdin.take());
            let _ = keeper.wait();
        }
    }
}

/// A user's home folder, from which `dot` is run.
pub struct Home(TempDir);

impl Home {
    pub fn new() -> Home {
        Home(crate::common::tempdir())
    }

    /// Writes a file that only its owner may read, and gives its path.
    pub fn put(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("a mode");
        path
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// `dot status` with this connection string and these variables.
    pub fn status(&self, string: &str, variables: &[(&str, &str)]) -> Ran {
        let mut command = bare(&["status", "--json"]);
        command.env("HOME", self.path()).env("DATABASE_URL", string).envs(variables.iter().copied());
        Ran::of(command.output().expect("dot runs"))
    }
}
