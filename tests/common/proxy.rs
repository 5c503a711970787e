//! Stands between a client and the tests' server, and counts what goes over the line.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::Db;
use super::server::server;

/// What one client has sent and waited for, from the moment it was let in.
#[derive(Debug, Default)]
pub struct Line {
    /// The text of each query, simple or prepared, as often as it was carried out.
    pub statements: Vec<String>,
    /// How often the server said that it is ready for the next, but for the first time.
    pub round_trips: usize,
}

pub struct Proxy {
    url: String,
    line: Arc<Mutex<Line>>,
}

impl Proxy {
    pub fn before(db: &Db) -> Proxy {
        Proxy::losing(db, None)
    }

    /// Loses a client that sends this query, which the server is still given and carries out.
    pub fn losing(db: &Db, query: Option<&'static str>) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let line = Arc::new(Mutex::new(Line::default()));
        let shared = line.clone();
        thread::spawn(move || {
            for client in listener.incoming().filter_map(Result::ok) {
                let server = UnixStream::connect(server().socket()).expect("the server");
                let (to, from) = (server.try_clone().expect("a socket"), client.try_clone().expect("a socket"));
                let (asks, answers) = (shared.clone(), shared.clone());
                thread::spawn(move || questions(from, to, &asks, query));
                thread::spawn(move || ready(server, client, &answers));
            }
        });
        Proxy { url: format!("postgres://dot@127.0.0.1:{port}/{}?sslmode=disable", db.name), line }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// What has gone over the line since it was asked last. Its clients have ended.
    pub fn take(&self) -> Line {
        std::mem::take(&mut self.line.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One message: its kind (none for the first of a client) and its body.
fn message(from: &mut impl Read, kinds: bool) -> Option<(u8, Vec<u8>)> {
    let mut kind = [0];
    if kinds {
        from.read_exact(&mut kind).ok()?;
    }
    let mut length = [0; 4];
    from.read_exact(&mut length).ok()?;
    let mut body = vec![0; u32::from_be_bytes(length).checked_sub(4)? as usize];
    from.read_exact(&mut body).ok()?;
    Some((kind[0], body))
}

fn passes(to: &mut impl Write, kind: u8, body: &[u8]) -> bool {
    let mut whole = Vec::with_capacity(body.len() + 5);
    whole.extend((kind != 0).then_some(kind));
    whole.extend(u32::try_from(body.len() + 4).expect("a message").to_be_bytes());
    whole.extend(body);
    to.write_all(&whole).is_ok()
}

fn text(body: &[u8]) -> String {
    String::from_utf8_lossy(body.split(|byte| *byte == 0).next().unwrap_or_default()).into_owned()
}

fn questions(mut from: TcpStream, mut to: UnixStream, line: &Mutex<Line>, loses: Option<&str>) {
    let mut prepared = String::new();
    let mut first = true;
    while let Some((kind, body)) = message(&mut from, !first) {
        first = false;
        let mut line = line.lock().unwrap_or_else(PoisonError::into_inner);
        match kind {
            b'Q' => line.statements.push(text(&body)),
            // The name of the statement comes before its text.
            b'P' => prepared = text(&body[text(&body).len() + 1..]),
            b'E' => line.statements.push(prepared.clone()),
            _ => {}
        }
        drop(line);
        if !passes(&mut to, kind, &body) {
            break;
        }
        if kind == b'Q' && loses.is_some_and(|query| query == text(&body)) {
            // The server is not told.
            let _ = from.shutdown(Shutdown::Both);
            return;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

fn ready(mut from: UnixStream, mut to: TcpStream, line: &Mutex<Line>) {
    let mut greeted = false;
    while let Some((kind, body)) = message(&mut from, true) {
        if kind == b'Z' {
            line.lock().unwrap_or_else(PoisonError::into_inner).round_trips += usize::from(greeted);
            greeted = true;
        }
        if !passes(&mut to, kind, &body) {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}
