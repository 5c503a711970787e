//! Connection strings: URLs (`postgres://…`) and lists of `keyword=value`, by libpq's rules.

use super::keywords::SECRETS;
use crate::failure::{Failure, Result};

const SCHEMES: [&str; 2] = ["postgresql://", "postgres://"];

/// Keywords and values in the order of the text; a later one replaces an earlier one.
pub fn parse(string: &str) -> Result<Vec<(String, String)>> {
    match SCHEMES.iter().find_map(|scheme| string.strip_prefix(scheme)) {
        Some(rest) => url(rest),
        None if string.split("://").next().is_some_and(|start| start.contains('=')) => pairs(string),
        None => {
            let Some((scheme, _)) = string.split_once("://") else { return Err(bare(string)) };
            Err(Failure::usage(format!(
                "the connection string is no PostgreSQL URL: `{scheme}` is not the start of one"
            ))
            .hint("For example: postgres://user@host:5432/database"))
        }
    }
}

/// A word alone, as psql takes for the name of a database. It is shown only where it can be nothing else.
fn bare(string: &str) -> Failure {
    let is_name =
        !string.is_empty() && string.len() < 64 && string.chars().all(|c| c.is_alphanumeric() || "_-.".contains(c));
    let (what, database) = match is_name {
        true => (format!("`{string}` is"), string),
        false if string.is_empty() => ("it is empty, not".to_owned(), "NAME"),
        false => ("it is".to_owned(), "NAME"),
    };
    let alone = if is_name { "only a name, as of a database, not a URL" } else { "neither a URL nor keyword=value" };
    Failure::usage(format!("the connection string is no PostgreSQL URL: {what} {alone}")).hint(format!(
        "For the database of this name: --database-url postgres://user@host:5432/{database}, or --database-url dbname={database}; or no --database-url and the variables PGDATABASE={database}, PGHOST and PGUSER"
    ))
}

/// What follows the scheme: `user:password@host:port,host:port/database?keyword=value&…`.
fn url(rest: &str) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut put = |name: &str, value: &str| -> Result<()> {
        if !value.is_empty() {
            found.push((name.to_owned(), decoded(value, name)?));
        }
        Ok(())
    };
    let (before, query) = rest.split_once('?').map_or((rest, None), |(before, query)| (before, Some(query)));
    // As libpq does: who connects is what stands before the first `@`, if that comes before the first `/`.
    let (mut place, mut query) = (before, query);
    match rest.find(['@', '/']).filter(|at| rest[*at..].starts_with('@')) {
        Some(at) => {
            let (user, password) = rest[..at].split_once(':').unwrap_or((&rest[..at], ""));
            put("user", user)?;
            put("password", password)?;
            let after = &rest[at + 1..];
            (place, query) = after.split_once('?').map_or((after, None), |(place, query)| (place, Some(query)));
        }
        // Someone's password holds a `/`, and would be taken for a port, and printed as one.
        None if before.contains('@') => return Err(unencoded()),
        None => {}
    }
    let (hosts, database) = place.split_once('/').unwrap_or((place, ""));
    // Someone's password holds an `@`: what follows it would be taken for a host, a database or keywords.
    if place.contains('@') || query.and_then(|query| query.split('=').next()).is_some_and(|name| name.contains('@')) {
        return Err(unencoded());
    }
    let (mut names, mut ports) = (Vec::new(), Vec::new());
    for host in hosts.split(',') {
        let (name, port) = address(host)?;
        names.push(name);
        ports.push(port);
    }
    put("host", &names.join(","))?;
    if ports.iter().any(|port| !port.is_empty()) {
        put("port", &ports.join(","))?;
    }
    put("dbname", database)?;
    for pair in query.into_iter().flat_map(|query| query.split('&')).filter(|pair| !pair.is_empty()) {
        let Some((name, value)) = pair.split_once('=').filter(|(_, value)| !value.contains('=')) else {
            let name = pair.split('=').next().unwrap_or_default();
            return Err(Failure::usage(format!(
                "the connection string: `{name}` is not followed by one `=` and a value"
            ))
            .hint("Write a `=` inside of a value as %3D."));
        };
        let name = decoded(name, "a keyword")?;
        let value = decoded(value, &name)?;
        // As others write it in URLs; libpq takes this one word, in its place among the others.
        match (name.as_str(), value.as_str()) {
            ("ssl", "true") => found.push(("sslmode".to_owned(), "require".to_owned())),
            ("ssl", _) => {
                return Err(Failure::usage(format!("the connection string: ssl is `{value}`, not true"))
                    .hint("Say it as sslmode=disable, sslmode=require, or better as sslmode=verify-full."));
            }
            _ => found.push((name, value)),
        }
    }
    Ok(found)
}

/// `host`, `host:port` or `[address]:port`.
fn address(text: &str) -> Result<(&str, &str)> {
    let bad = |what: &str| {
        Err(Failure::usage(format!("the connection string: {what} in `{text}`"))
            .hint("For example: postgres://user@[2001:db8::1]:5432/database"))
    };
    let Some(rest) = text.strip_prefix('[') else {
        return match text.split_once(':') {
            Some((_, port)) if port.contains(':') => bad("an IPv6 address stands in brackets; there are none"),
            Some((host, port)) => Ok((host, port)),
            None => Ok((text, "")),
        };
    };
    match rest.split_once(']') {
        None => bad("no ] follows the ["),
        Some(("", _)) => bad("there is nothing between [ and ]"),
        Some((host, "")) => Ok((host, "")),
        Some((host, port)) => match port.strip_prefix(':') {
            Some(port) => Ok((host, port)),
            None => bad("only a port may follow the ]"),
        },
    }
}

fn unencoded() -> Failure {
    Failure::usage("the connection string has an `@` or a `/` where none can be")
        .hint("In a user name or password, write @ as %40, / as %2F, : as %3A and % as %25.")
}

/// Percent-decoded. `name`: for messages, which do not show the value, as it may be a password.
fn decoded(text: &str, name: &str) -> Result<String> {
    let bad = |what: &str| {
        Failure::usage(format!("the connection string: {what} in the value of {name}"))
            .hint("Write a `%` itself as %25.")
    };
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let digits = digits.filter(|two| two.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            None => return Err(bad("no two hexadecimal digits follow a `%`")),
            Some(0) => return Err(bad("%00 stands")),
            Some(byte) => bytes.push(byte),
        }
        rest = &after[2..];
    }
    String::from_utf8(bytes).map_err(|_| bad("text that is no UTF-8 stands"))
}

/// `keyword=value keyword = 'a value'`; `\` takes the next character as it is.
fn pairs(string: &str) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut rest = string.trim_start();
    while !rest.is_empty() {
        let Some((name, after)) = rest.split_once('=') else {
            return Err(Failure::usage("the connection string: no `=` follows its last word"));
        };
        let name = name.trim_end();
        if name.is_empty() || name.contains(char::is_whitespace) {
            return Err(Failure::usage("the connection string: no `=` follows one of its keywords")
                .hint("Put a value that holds a blank into quotes: password='a b'"));
        }
        let (value, after) = quoted(after.trim_start(), name)?;
        found.push((name.to_owned(), value));
        rest = after.trim_start();
    }
    Ok(found)
}

/// A value at the start of the text, and what follows it.
fn quoted<'a>(text: &'a str, name: &str) -> Result<(String, &'a str)> {
    let (inner, is_quoted) = text.strip_prefix('\'').map_or((text, false), |inner| (inner, true));
    let mut value = String::new();
    let mut all = inner.char_indices();
    while let Some((at, c)) = all.next() {
        match c {
            '\\' => value.extend(all.next().map(|(_, next)| next)),
            '\'' if is_quoted => return Ok((value, &inner[at + 1..])),
            c if !is_quoted && c.is_whitespace() => return Ok((value, &inner[at..])),
            c => value.push(c),
        }
    }
    match is_quoted {
        true => Err(Failure::usage(format!("the connection string: the quote of {name} is not closed"))),
        false => Ok((value, "")),
    }
}

/// The text without what no one may see: a password, keys.
pub fn redacted(string: &str) -> String {
    let Ok(found) = parse(string) else { return "a connection string that cannot be read".to_owned() };
    let shown = |name: &str| !SECRETS.contains(&name);
    match SCHEMES.iter().find_map(|scheme| string.strip_prefix(scheme)) {
        None => {
            let shown = found.iter().filter(|(name, _)| shown(name)).map(|(name, value)| format!("{name}={value}"));
            shown.collect::<Vec<_>>().join(" ")
        }
        Some(rest) => {
            let (user, rest) = match rest.find(['@', '/']).filter(|at| rest[*at..].starts_with('@')) {
                Some(at) => (rest[..at].split(':').next().unwrap_or_default(), &rest[at..]),
                None => ("", rest),
            };
            let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
            let is_shown = |pair: &&str| pair.split_once('=').is_some_and(|(name, _)| shown(name));
            let query: Vec<&str> = query.split('&').filter(is_shown).collect();
            let mark = if query.is_empty() { "" } else { "?" };
            format!("postgres://{user}{place}{mark}{}", query.join("&"))
        }
    }
}
