//! Lists of hosts: in turn, each in its time, and the one that is what is asked for.

use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::refused;
use super::server::{Home, PASSWORD, Server, shared};

#[test]
fn of_several_hosts_the_first_that_will_do_is_taken() {
    let (server, home) = (shared(), Home::new());
    let port = server.port;
    // Nobody listens here, and here somebody does who never answers.
    let dead = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let mute = TcpListener::bind("127.0.0.1:0").expect("a port");
    let silent = mute.local_addr().expect("an address").port();
    let list = |ports: &str, rest: &str| {
        let hosts = vec!["127.0.0.1"; ports.split(',').count()].join(",");
        home.status(&format!("host={hosts} port={ports} user=trusted dbname=postgres sslmode=disable {rest}"), &[])
    };
    assert_eq!(list(&format!("{dead},{port}"), "").code, 0);
    let url = format!("postgres://trusted@127.0.0.1:{dead},127.0.0.1:{port}/postgres?sslmode=disable");
    assert_eq!(home.status(&url, &[]).code, 0);
    let began = Instant::now();
    assert_eq!(list(&format!("{silent},{port}"), "connect_timeout=1").code, 0);
    assert!(began.elapsed() < Duration::from_secs(5), "one host has its time, and no more");
    let none = list(&format!("{dead},{silent}"), "connect_timeout=1");
    refused(
        &none,
        10,
        &[
            &format!("127.0.0.1:{dead}: "),
            "refused",
            &format!("127.0.0.1:{silent}: the database did not answer within 1 s"),
        ],
    );
    let each = none.json()["error"]["detail"].clone();
    assert_eq!(each.as_array().map(Vec::len), Some(2), "{each}");
    for _ in 0..4 {
        assert_eq!(list(&format!("{dead},{port}"), "load_balance_hosts=random").code, 0);
    }
    // Who says no is not asked elsewhere: the password is not carried around.
    let elsewhere = Server::start(&["127.0.0.1"], 2099);
    elsewhere.sql("alter role me password 'other'");
    let both =
        format!("host=127.0.0.1,127.0.0.1 port={},{port} user=me password={PASSWORD} dbname=postgres", elsewhere.port);
    refused(&home.status(&both, &[]), 4, &["does not take the password"]);

    // One of the two takes no writes.
    elsewhere.sql("alter system set default_transaction_read_only = on");
    elsewhere.sql("select pg_reload_conf()");
    while elsewhere.one("show default_transaction_read_only") != "on" {}
    let on = |wanted: &str, ports: [u16; 2]| {
        let ran = list(&format!("{},{}", ports[0], ports[1]), &format!("target_session_attrs={wanted}"));
        (ran.code, ran.json()["error"]["message"].as_str().unwrap_or_default().to_owned())
    };
    let (open, closed) = (port, elsewhere.port);
    assert_eq!(on("read-write", [closed, open]).0, 0);
    assert_eq!(on("read-only", [open, closed]).0, 0);
    assert_eq!(on("primary", [closed, open]).0, 0);
    assert_eq!(on("prefer-standby", [closed, open]).0, 0, "there is no standby, so any will do");
    let (code, message) = on("read-write", [closed, closed]);
    assert!(code == 10 && message.matches("it is read-only").count() == 2, "{message}");
    let (code, message) = on("standby", [closed, open]);
    assert!(code == 10 && message.matches("it is a primary").count() == 2, "{message}");
    assert_eq!(on("read-only", [open, open]).0, 10);
}

/// Carries bytes to another port, until it is told to stop, which cuts whoever is connected.
fn forward(to: u16) -> (u16, impl FnOnce()) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let lines: Arc<Mutex<Option<Vec<TcpStream>>>> = Arc::new(Mutex::new(Some(Vec::new())));
    let held = lines.clone();
    thread::spawn(move || {
        for client in listener.incoming().filter_map(Result::ok) {
            let server = TcpStream::connect(("127.0.0.1", to)).expect("the server");
            let Some(open) = &mut *held.lock().expect("the lines") else { return };
            for (from, to) in [(&client, &server), (&server, &client)] {
                let (mut from, mut to) = (from.try_clone().expect("a socket"), to.try_clone().expect("a socket"));
                thread::spawn(move || std::io::copy(&mut from, &mut to));
            }
            open.extend([client, server]);
        }
    });
    let stop = move || {
        let open = lines.lock().expect("the lines").take();
        open.into_iter().flatten().for_each(|line| drop(line.shutdown(Shutdown::Both)));
        // The listener goes when it is woken.
        drop(TcpStream::connect(("127.0.0.1", port)));
    };
    (port, stop)
}

#[test]
fn a_worker_looks_through_the_list_again() {
    let db = crate::common::Db::shared();
    db.dot(&["phase1", "enable", "--yes"]).exits(0);
    let url = db.url();
    let (before, rest) = url.split_once("127.0.0.1:").expect("its address");
    let (port, database) = rest.split_once('/').expect("its port");
    let (first, stop) = forward(port.parse().expect("a number"));
    let list = format!("{before}127.0.0.1:{first},127.0.0.1:{port}/{database}&target_session_attrs=primary");
    let list = if database.contains('?') { list } else { list.replacen('&', "?", 1) };
    let enqueue = || db.json(&["job", "enqueue", "system.noop", "--payload", "{}", "--confirm", &db.name]);
    let is_done = |count: u32| {
        let until = Instant::now() + Duration::from_secs(30);
        while db.one("select count(*) from dot.job_history where outcome = 's'") != count.to_string() {
            assert!(Instant::now() < until, "job {count} is done");
            thread::sleep(Duration::from_millis(20));
        }
    };
    let mut command = db.command(&["worker", "run"]);
    let mut worker =
        command.env("DATABASE_URL", list).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    enqueue();
    is_done(1);
    stop();
    enqueue();
    is_done(2);
    rustix::process::kill_process(rustix::process::Pid::from_child(&worker), rustix::process::Signal::TERM)
        .expect("a signal");
    assert!(worker.wait().expect("it ends").success());
}
