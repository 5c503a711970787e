//! A file `allowed_signers`, as of ssh-keygen: whose keys are whose, kept where no database can change it.

use std::fs;

use ssh_key::PublicKey;

use super::{NAMESPACE, key};
use crate::failure::{At, Failure, Kind, Result};

#[derive(Clone, Debug)]
pub struct Signers(Vec<Signer>);

#[derive(Clone, Debug)]
struct Signer {
    names: Vec<String>,
    fingerprint: String,
    /// The digits of a time, `YYYYMMDDHHMMSS`.
    before: Option<String>,
    after: Option<String>,
}

impl Signers {
    pub fn read(place: &str) -> Result<Signers> {
        let text = fs::read_to_string(place).at(|| format!("cannot read the signers {place}"))?;
        let lines = text.lines().enumerate().map(|(n, line)| (n + 1, line.trim()));
        let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let signers = lines.filter_map(|(n, line)| signer(line).map_err(|problem| (n, problem)).transpose());
        signers.collect::<std::result::Result<Vec<_>, _>>().map(Signers).map_err(|(n, problem)| {
            Failure::new(Kind::Invalid, format!("{place}, line {n}: {problem}")).hint(
                "A line is NAME namespaces=\"dot-approval\" ssh-ed25519 AAAA…; dot actor key list --json gives them.",
            )
        })
    }

    /// Whether this key was that person's at a time, `YYYY-MM-DDTHH:MM:SSZ`.
    pub fn allow(&self, name: &str, public_key: &str, time: &str) -> bool {
        let Ok(public) = PublicKey::from_openssh(public_key) else { return false };
        let fingerprint = key::fingerprint(&public);
        let time: String = time.chars().filter(char::is_ascii_digit).collect();
        self.0.iter().any(|signer| {
            signer.fingerprint == fingerprint
                && signer.names.iter().any(|known| known == name || known == "*")
                && signer.before.as_ref().is_none_or(|before| time < *before)
                && signer.after.as_ref().is_none_or(|after| time >= *after)
        })
    }
}

/// One line; none where it is for other namespaces.
fn signer(line: &str) -> std::result::Result<Option<Signer>, String> {
    let (names, rest) = line.split_once([' ', '\t']).ok_or("there is no key")?;
    let names: Vec<String> = names.trim_matches('"').split(',').map(str::to_owned).collect();
    if let Some(pattern) = names.iter().find(|name| *name != "*" && name.contains(['*', '?', '!'])) {
        return Err(format!("{pattern} is a pattern; names are taken as they are, or * for all"));
    }
    let rest = rest.trim_start();
    let (options, public) = match PublicKey::from_openssh(rest) {
        Ok(public) => ("", public),
        Err(_) => {
            let (options, rest) = options(rest).ok_or("the options are not closed")?;
            let public = PublicKey::from_openssh(rest.trim()).map_err(|_| "not a public SSH key")?;
            (options, public)
        }
    };
    let mut signer = Signer { names, fingerprint: key::fingerprint(&public), before: None, after: None };
    let mut is_ours = true;
    for option in split(options) {
        let (name, value) =
            option.split_once('=').map_or((option, ""), |(name, value)| (name, value.trim_matches('"')));
        match name {
            "namespaces" => is_ours = value.split(',').any(|namespace| namespace == NAMESPACE || namespace == "*"),
            "valid-before" => signer.before = Some(time(value)?),
            "valid-after" => signer.after = Some(time(value)?),
            other => return Err(format!("option {other} is not taken")),
        }
    }
    Ok(is_ours.then_some(signer))
}

/// `YYYYMMDD[HHMM[SS]]Z`: only UTC is the same everywhere.
fn time(value: &str) -> std::result::Result<String, String> {
    let digits = value.strip_suffix('Z').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let digits = digits.filter(|digits| matches!(digits.len(), 8 | 12 | 14));
    digits
        .map(|digits| format!("{digits:0<14}"))
        .ok_or_else(|| format!("{value} is not a time in UTC, such as 20260101000000Z"))
}

/// The options, up to a blank that stands in no quotes.
fn options(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let end = text.find(|letter: char| {
        quoted ^= letter == '"';
        letter.is_whitespace() && !quoted
    })?;
    Some(text.split_at(end))
}

fn split(options: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let parts = options.split(move |letter| {
        quoted ^= letter == '"';
        letter == ',' && !quoted
    });
    parts.filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJGkIfpKzCR4xstG+Pp6ZKXGXtQVbYIbEETG6kTTwer/";

    #[test]
    fn a_line_is_taken_as_ssh_keygen_takes_it() {
        let of = |line: &str| signer(line).map(|signer| Signers(signer.into_iter().collect()));
        let now = "2026-03-01T00:00:00Z";
        for line in [
            format!("ann {KEY} a comment"),
            format!("bob,ann namespaces=\"git,dot-approval\" {KEY}"),
            format!("* namespaces=\"*\",valid-after=\"20260101Z\" {KEY}"),
        ] {
            assert!(of(&line).expect("a line").allow("ann", KEY, now), "{line}");
        }
        for line in [
            format!("bob {KEY}"),
            format!("ann namespaces=\"git\" {KEY}"),
            format!("ann valid-before=\"20260301000000Z\" {KEY}"),
            format!("ann valid-after=\"202604010000Z\" {KEY}"),
        ] {
            assert!(!of(&line).expect("a line").allow("ann", KEY, now), "{line}");
        }
        for line in [
            format!("ann cert-authority {KEY}"),
            format!("a*n {KEY}"),
            format!("ann valid-before=\"2026\" {KEY}"),
            "ann ssh-x AAAA".into(),
        ] {
            assert!(of(&line).is_err(), "{line}");
        }
    }
}
