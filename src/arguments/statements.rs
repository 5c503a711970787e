//! Text as single SQL statements, where psql would end them (PostgreSQL's `psqlscan.l`): at each semicolon that stands in no
//! quotes, dollar quotes, comment or parentheses. What they say is PostgreSQL's to read.

/// The statements of `sql` in their order, without the comments before each and without what ends it. A quote or comment
/// that is never closed takes all that follows with it.
pub fn split(sql: &str) -> Vec<String> {
    let bytes = sql.as_bytes();
    let (mut found, mut begins, mut depth, mut at) = (Vec::new(), None, 0_u32, 0);
    while at < bytes.len() {
        let next = match bytes[at] {
            b'-' if bytes[at..].starts_with(b"--") => after(bytes, at, b"\n"),
            b'/' if bytes[at..].starts_with(b"/*") => comment(bytes, at),
            b if b.is_ascii_whitespace() => at + 1,
            b';' if depth == 0 => {
                found.extend(begins.take().map(|begins| sql[begins..at].trim_end().to_owned()));
                at + 1
            }
            other => {
                begins = begins.or(Some(at));
                match other {
                    b'(' => depth += 1,
                    b')' => depth = depth.saturating_sub(1),
                    _ => (),
                }
                token(bytes, at)
            }
        };
        at = next;
    }
    found.extend(begins.map(|begins| sql[begins..].trim_end().to_owned()));
    found
}

/// The end of what begins at `at` and is no space, comment or semicolon.
fn token(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        b'\'' => quoted(bytes, at, b'\'', false),
        b'"' => quoted(bytes, at, b'"', false),
        b'$' => dollar(bytes, at),
        b'e' | b'E' if bytes.get(at + 1) == Some(&b'\'') => quoted(bytes, at + 1, b'\'', true),
        b if is_word(b) => {
            let end = bytes[at..].iter().position(|b| !is_word(*b) && *b != b'$').map_or(bytes.len(), |n| at + n);
            // The prefixes of quotes are words too: B'…', X'…', U&'…' end as plain ones do.
            end.max(at + 1)
        }
        _ => at + 1,
    }
}

/// The end of a quote that begins at `at`; doubled, its mark stands for itself, and with `escapes` so does what a backslash
/// precedes.
fn quoted(bytes: &[u8], at: usize, mark: u8, escapes: bool) -> usize {
    let mut at = at + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if escapes => at += 2,
            b if b == mark && bytes.get(at + 1) == Some(&mark) => at += 2,
            b if b == mark => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The end of `$tag$ … $tag$`, or of the one sign where it is no dollar quote, as in `$1`.
fn dollar(bytes: &[u8], at: usize) -> usize {
    let tag = bytes[at + 1..].iter().take_while(|b| is_word(**b)).count();
    let opening = &bytes[at..bytes.len().min(at + tag + 2)];
    if opening.last() != Some(&b'$') || opening.len() < 2 || opening[1].is_ascii_digit() {
        return at + 1;
    }
    after(bytes, at + opening.len(), opening)
}

/// The end of a comment, which may hold others.
fn comment(bytes: &[u8], at: usize) -> usize {
    let (mut at, mut depth) = (at, 0_u32);
    while at < bytes.len() {
        if bytes[at..].starts_with(b"/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if bytes[at..].starts_with(b"*/") {
            (at, depth) = (at + 2, depth - 1);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    bytes.len()
}

fn after(bytes: &[u8], at: usize, end: &[u8]) -> usize {
    bytes[at..].windows(end.len()).position(|window| window == end).map_or(bytes.len(), |n| at + n + end.len())
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_where_psql_does() {
        for (sql, expected) in [
            ("", vec![]),
            (" ; ;; -- nothing\n/* ; */", vec![]),
            ("select 1; select 2", vec!["select 1", "select 2"]),
            ("-- first\nselect 1 -- one;\n;\n", vec!["select 1 -- one;"]),
            ("select ';', 'it''s;'; b", vec!["select ';', 'it''s;'", "b"]),
            (r"select e'\';', 'x\'; b", vec![r"select e'\';', 'x\'", "b"]),
            ("select \"a;\"\"b\"; b", vec!["select \"a;\"\"b\"", "b"]),
            ("do $$ begin; end $$; do $a$ $$; $b$; $a$; b", vec!["do $$ begin; end $$", "do $a$ $$; $b$; $a$", "b"]),
            ("select $1;b", vec!["select $1", "b"]),
            ("select a$b$;$b$", vec!["select a$b$", "$b$"]),
            ("/* /* ; */ ; */ select 1", vec!["select 1"]),
            (
                "create rule r as on insert to t do (delete from a; delete from b); c",
                vec!["create rule r as on insert to t do (delete from a; delete from b)", "c"],
            ),
            ("update t set x = 'Điều; 1'; b", vec!["update t set x = 'Điều; 1'", "b"]),
            ("select 'never closed; b", vec!["select 'never closed; b"]),
            ("select U&'d;' ; select x'1F'", vec!["select U&'d;'", "select x'1F'"]),
        ] {
            assert_eq!(split(sql), expected, "{sql}");
        }
    }

    /// On files that it understands, a whole parser of SQL ends statements at the same places.
    #[test]
    fn a_parser_agrees_on_every_file_of_the_platform() {
        let mut compared = 0;
        for file in walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations")) {
            let file = file.expect("a file");
            if file.path().extension().is_some_and(|extension| extension == "sql") {
                let sql = std::fs::read_to_string(file.path()).expect("a file");
                let parsed = crate::migrate::statements::parse(&sql);
                let parsed: Vec<_> = parsed.iter().map(|one| one.text.trim_end_matches(';').trim_end()).collect();
                assert_eq!(split(&sql), parsed, "{}", file.path().display());
                compared += 1;
            }
        }
        assert!(compared > 500, "{compared} files");
    }
}
