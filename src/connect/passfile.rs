//! The password file, as libpq reads it: lines of `host:port:database:user:password`, in a file that only its owner may read.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The password of the first line that fits, and a warning where the file is passed over, as psql does.
pub fn look_up(path: &Path, wanted: [&str; 4]) -> (Option<String>, Option<String>) {
    let Ok(about) = fs::metadata(path) else { return (None, None) };
    let passed_over = |why: &str| (None, Some(format!("the password file {} is passed over: {why}", path.display())));
    if !about.is_file() {
        return passed_over("it is no plain file");
    }
    if about.permissions().mode() & 0o077 != 0 {
        return passed_over("others may read it; chmod 600 it");
    }
    // A comment in another encoding is in nobody's way.
    match fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) {
        // The first line that fits decides, also where it has no password.
        Ok(text) => (text.lines().find_map(|line| password(line, wanted)).filter(|found| !found.is_empty()), None),
        Err(cause) => passed_over(&cause.to_string()),
    }
}

fn password(line: &str, wanted: [&str; 4]) -> Option<String> {
    if line.starts_with('#') {
        return None;
    }
    let mut rest = line;
    for wanted in wanted {
        let (field, after) = field(rest)?;
        if field != wanted && &rest[..rest.len() - after.len()] != "*:" {
            return None;
        }
        rest = after;
    }
    // A password ends at its line's end, or at a colon that is not escaped.
    Some(field(rest).map_or_else(|| plain(rest), |(password, _)| password))
}

/// The text with `\` taken off; one at the end stands for itself.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut all = text.chars();
    while let Some(c) = all.next() {
        plain.push(if c == '\\' { all.next().unwrap_or('\\') } else { c });
    }
    plain
}

/// A field up to its colon, with `\` taken off, and what follows the colon.
fn field(text: &str) -> Option<(String, &str)> {
    let mut field = String::new();
    let mut all = text.char_indices();
    while let Some((at, c)) = all.next() {
        match c {
            ':' => return Some((field, &text[at + 1..])),
            '\\' => field.extend(all.next().map(|(_, next)| next)),
            c => field.push(c),
        }
    }
    None
}
