//! Every keyword of libpq, up to PostgreSQL 18, with its variable: what this program does with it.
//!
//! From the manual's "Parameter Key Words" and "Environment Variables". A keyword that asks for nothing is taken as said; one
//! that asks for what cannot be given is refused, since libpq would give it, or not connect.

use crate::failure::{Failure, Result};

/// What is done with a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// As libpq does.
    Honoured,
    /// Nothing: whatever it says, it asks this program for nothing.
    Idle,
    /// Only these values are taken, which ask for nothing or for what is so anyway.
    Only(&'static [&'static str]),
    /// No value is taken but the empty one.
    Refused,
}

/// A keyword, its variable (empty: it has none), and its treatment.
#[derive(Clone, Copy, Debug)]
pub struct Keyword {
    pub name: &'static str,
    pub variable: &'static str,
    pub treatment: Treatment,
}

const fn keyword(name: &'static str, variable: &'static str, treatment: Treatment) -> Keyword {
    Keyword { name, variable, treatment }
}

use Treatment::{Honoured, Idle, Only, Refused};

/// In the order of libpq's own table.
pub const KEYWORDS: [Keyword; 52] = [
    keyword("service", "PGSERVICE", Honoured),
    keyword("user", "PGUSER", Honoured),
    keyword("password", "PGPASSWORD", Honoured),
    keyword("passfile", "PGPASSFILE", Honoured),
    keyword("channel_binding", "PGCHANNELBINDING", Only(&["prefer", "disable"])),
    keyword("connect_timeout", "PGCONNECT_TIMEOUT", Honoured),
    keyword("dbname", "PGDATABASE", Honoured),
    keyword("host", "PGHOST", Honoured),
    keyword("hostaddr", "PGHOSTADDR", Honoured),
    keyword("port", "PGPORT", Honoured),
    // All text is UTF-8, here and in the session.
    keyword("client_encoding", "PGCLIENTENCODING", Only(&["auto", "UTF8", "utf8", "UTF-8", "utf-8"])),
    keyword("options", "PGOPTIONS", Honoured),
    // Sessions say themselves what they are.
    keyword("application_name", "PGAPPNAME", Idle),
    keyword("fallback_application_name", "", Idle),
    keyword("keepalives", "", Only(&["0"])),
    keyword("keepalives_idle", "", Only(&["0"])),
    keyword("keepalives_interval", "", Only(&["0"])),
    keyword("keepalives_count", "", Only(&["0"])),
    keyword("tcp_user_timeout", "", Only(&["0"])),
    keyword("sslmode", "PGSSLMODE", Honoured),
    keyword("sslnegotiation", "PGSSLNEGOTIATION", Only(&["postgres"])),
    // libpq does not do it either, whatever is asked.
    keyword("sslcompression", "PGSSLCOMPRESSION", Only(&["0", "1"])),
    keyword("sslcert", "PGSSLCERT", Honoured),
    keyword("sslkey", "PGSSLKEY", Honoured),
    keyword("sslcertmode", "PGSSLCERTMODE", Only(&["allow", "disable"])),
    keyword("sslpassword", "", Refused),
    keyword("sslrootcert", "PGSSLROOTCERT", Honoured),
    keyword("sslcrl", "PGSSLCRL", Refused),
    keyword("sslcrldir", "PGSSLCRLDIR", Refused),
    keyword("sslsni", "PGSSLSNI", Only(&["1"])),
    keyword("requirepeer", "PGREQUIREPEER", Refused),
    keyword("require_auth", "PGREQUIREAUTH", Refused),
    keyword("min_protocol_version", "PGMINPROTOCOLVERSION", Only(&["3.0"])),
    keyword("max_protocol_version", "PGMAXPROTOCOLVERSION", Only(&["3.0", "3.2", "latest"])),
    // Nothing older than TLS 1.2 is spoken, and 1.3 wherever the server has it.
    keyword("ssl_min_protocol_version", "PGSSLMINPROTOCOLVERSION", Only(&["TLSv1", "TLSv1.1", "TLSv1.2"])),
    keyword("ssl_max_protocol_version", "PGSSLMAXPROTOCOLVERSION", Only(&["TLSv1.3"])),
    keyword("gssencmode", "PGGSSENCMODE", Only(&["prefer", "disable"])),
    // There is no GSSAPI here, which these would say how to use.
    keyword("krbsrvname", "PGKRBSRVNAME", Idle),
    keyword("gsslib", "PGGSSLIB", Idle),
    keyword("gssdelegation", "PGGSSDELEGATION", Only(&["0"])),
    keyword("replication", "", Only(&["false", "off", "no", "0"])),
    keyword("target_session_attrs", "PGTARGETSESSIONATTRS", Honoured),
    keyword("load_balance_hosts", "PGLOADBALANCEHOSTS", Honoured),
    keyword("scram_client_key", "", Refused),
    keyword("scram_server_key", "", Refused),
    keyword("oauth_issuer", "", Refused),
    keyword("oauth_client_id", "", Refused),
    keyword("oauth_client_secret", "", Refused),
    keyword("oauth_scope", "", Refused),
    keyword("sslkeylogfile", "", Refused),
    // An older word for `sslmode`, which libpq still takes.
    keyword("requiressl", "PGREQUIRESSL", Honoured),
    // Said by a variable alone.
    keyword("servicefile", "PGSERVICEFILE", Honoured),
];

/// Variables of libpq that are no keyword's. What they set is pinned for every session of this program, or is of no account.
pub const OTHERS: [&str; 5] = ["PGSYSCONFDIR", "PGLOCALEDIR", "PGDATESTYLE", "PGTZ", "PGGEQO"];

/// Keywords whose value no message may show.
pub const SECRETS: [&str; 5] =
    ["password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret"];

/// What other programs call them.
const ELSEWHERE: [(&str, &str); 5] = [
    ("database", "dbname"),
    ("hostname", "host"),
    ("timeout", "connect_timeout"),
    ("sslca", "sslrootcert"),
    ("ssl", "sslmode"),
];

/// The keyword of this name; one that nobody knows is refused with the nearest that somebody does.
pub fn known(name: &str) -> Result<&'static Keyword> {
    let found = KEYWORDS.iter().find(|keyword| keyword.name == name && name != "servicefile");
    found.ok_or_else(|| {
        let names = KEYWORDS.iter().map(|keyword| keyword.name).filter(|name| *name != "servicefile");
        unknown(&format!("libpq knows no connection parameter `{name}`"), &name.replace('-', "_"), names)
    })
}

/// Refuses variables that look like libpq's settings of encryption, and are none: a misspelt one would be a connection in
/// the clear, or to whoever answers. Other names with `PG` at their head are other programs' own.
pub fn check_variables<'a>(names: impl Iterator<Item = &'a String>) -> Result<()> {
    for name in names.filter(|name| name.starts_with("PGSSL") || name.starts_with("PGREQUIRE")) {
        let variables = || KEYWORDS.iter().map(|keyword| keyword.variable).filter(|variable| !variable.is_empty());
        if !variables().any(|variable| variable == name) {
            return Err(unknown(&format!("libpq knows no variable {name}"), name, variables()));
        }
    }
    Ok(())
}

fn unknown<'a>(message: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let plain = |name: &str| name.replace('_', "");
    let same = ELSEWHERE.iter().find(|(other, _)| *other == plain(name)).map(|(_, same)| (1.0, *same));
    let nearest = known
        .map(|other| (strsim::jaro_winkler(&plain(name), &plain(other)), other))
        .chain(same)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .filter(|(likeness, _)| *likeness > 0.8);
    Failure::usage(message).hint(match nearest {
        Some((_, nearest)) => format!("Did you mean {nearest}?"),
        None => "docs/connections.md lists what there is.".to_owned(),
    })
}

/// Those of which an empty value says nothing that libpq knows: `sslmode=$UNSET` would connect as if nobody had asked.
const NEVER_EMPTY: [&str; 7] = [
    "sslmode",
    "target_session_attrs",
    "load_balance_hosts",
    "channel_binding",
    "gssencmode",
    "sslnegotiation",
    "sslcertmode",
];

impl Keyword {
    /// Whether `value`, which came from `source`, asks for nothing that cannot be given.
    pub fn check(&self, value: &str, source: &str) -> Result<()> {
        if value.is_empty() && NEVER_EMPTY.contains(&self.name) {
            return Err(Failure::usage(format!("{source}: {} is empty", self.name)).hint("Say which, or leave it out."));
        }
        let accepted = match self.treatment {
            Honoured | Idle => return Ok(()),
            Only(accepted) => accepted,
            Refused => &[],
        };
        if value.is_empty() || accepted.contains(&value) {
            return Ok(());
        }
        let said = if SECRETS.contains(&self.name) { String::new() } else { format!(" `{value}`") };
        let hint = if accepted.is_empty() {
            "Leave it out: a connection here cannot promise that.".to_owned()
        } else {
            format!("Leave it out, or say {}: a connection here cannot promise more.", accepted.join(" or "))
        };
        Err(Failure::usage(format!("{source}: {}{said} is not something that this program can do", self.name))
            .hint(hint))
    }
}
