//! The servers of a connection: lists of hosts, addresses and ports, matched as libpq matches them.

use std::net::IpAddr;
use std::path::Path;

use super::said::Said;
use crate::failure::{Failure, Result};

pub const PORT: u16 = 5432;

/// Where builds of libpq and of the server put the socket where nobody says another folder.
const SOCKETS: [&str; 3] = ["/var/run/postgresql", "/private/tmp", "/tmp"];

/// One server to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// What is connected to: a name, an address, or the folder of a socket.
    pub place: String,
    /// The name by which certificates and the password file know it.
    pub name: String,
    pub port: u16,
}

impl Host {
    pub fn is_socket(&self) -> bool {
        self.place.starts_with('/')
    }

    /// For messages.
    pub fn label(&self) -> String {
        match (self.is_socket(), self.place == self.name) {
            (true, _) => format!("{}/.s.PGSQL.{}", self.place, self.port),
            (false, true) => format!("{}:{}", self.name, self.port),
            (false, false) => format!("{} ({}):{}", self.name, self.place, self.port),
        }
    }
}

/// The hosts in the order of the list.
pub fn hosts(said: &Said) -> Result<Vec<Host>> {
    let list = |name: &str| said.get(name).map(|text| text.split(',').collect::<Vec<_>>());
    let (names, addresses) = (list("host"), list("hostaddr"));
    let count = addresses.as_ref().or(names.as_ref()).map_or(1, Vec::len);
    let unequal = |what: &str, found: usize| {
        Err(Failure::usage(format!("there are {found} {what} for {count} hosts"))
            .hint("Say one for each host of the list, in its order."))
    };
    if let Some(names) = names.as_ref().filter(|names| names.len() != count) {
        return unequal("host names", names.len());
    }
    let ports = ports(said)?;
    if ports.len() != 1 && ports.len() != count {
        return unequal("ports", ports.len());
    }
    let nth = |list: &Option<Vec<&str>>, n: usize| {
        list.as_ref().and_then(|list| list.get(n)).map_or_else(String::new, |text| (*text).to_owned())
    };
    (0..count)
        .map(|n| {
            let port = ports.get(n).or(ports.first()).copied().unwrap_or(PORT);
            let (name, address) = (nth(&names, n), nth(&addresses, n));
            if !address.is_empty() && address.parse::<IpAddr>().is_err() {
                return Err(Failure::usage(format!("hostaddr: `{address}` is no IP address"))
                    .hint("Say a name with host instead."));
            }
            if name.contains(char::is_whitespace) && !name.starts_with('/') {
                return Err(Failure::usage(format!("host: `{name}` holds a blank"))
                    .hint("Join hosts with commas alone: host=a,b"));
            }
            if name.starts_with('@') {
                return Err(Failure::usage(format!(
                    "host: `{name}` is an abstract socket, which is not to be had here"
                )));
            }
            let place = match (name.is_empty(), address.is_empty()) {
                (_, false) => address.clone(),
                (false, true) => name.clone(),
                (true, true) => nearest(port),
            };
            Ok(Host { name: if name.is_empty() { place.clone() } else { name }, place, port })
        })
        .collect()
}

/// The folder with a socket for this port, or this machine.
fn nearest(port: u16) -> String {
    let found = SOCKETS.into_iter().find(|folder| Path::new(folder).join(format!(".s.PGSQL.{port}")).exists());
    found.unwrap_or("localhost").to_owned()
}

fn ports(said: &Said) -> Result<Vec<u16>> {
    let Some(ports) = said.value("port") else { return Ok(vec![PORT]) };
    let port = |text: &str| match text.trim() {
        "" => Ok(PORT),
        text => text.parse::<u16>().ok().filter(|port| *port > 0).ok_or_else(|| {
            Failure::usage(format!("{}: `{text}` is not a port", ports.source))
                .hint("A port is a number from 1 to 65535.")
        }),
    };
    ports.value.split(',').map(port).collect()
}

/// Whether it is the folder that is meant where nobody says another one: the password file calls it `localhost`.
pub fn is_usual(host: &Host) -> bool {
    SOCKETS.contains(&host.place.as_str())
}
