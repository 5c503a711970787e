//! Text as SQL literals.

use std::fmt::Write;

/// `text` as a literal that means the same whatever `standard_conforming_strings` says: quotes and backslashes are
/// doubled, and the form says that backslashes are.
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 4);
    quoted.push_str(" E'");
    for character in text.chars() {
        if matches!(character, '\'' | '\\') {
            quoted.push(character);
        }
        quoted.push(character);
    }
    quoted.push('\'');
    quoted
}

/// Numbers as the text of an SQL array, `{1,2}`.
pub fn numbers(numbers: impl Iterator<Item = i64>) -> String {
    let list: Vec<String> = numbers.map(|number| number.to_string()).collect();
    format!("{{{}}}", list.join(","))
}

/// Texts as the text of an SQL array, `{"a","b"}`.
pub fn texts<'a>(texts: impl Iterator<Item = &'a String>) -> String {
    let list: Vec<String> =
        texts.map(|text| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))).collect();
    format!("{{{}}}", list.join(","))
}

/// The statement with each `$n` replaced by the n-th parameter. `sql` is the program's own text: a `$` in it that is
/// followed by a digit is a parameter.
pub fn inline(sql: &str, parameters: &[Option<String>]) -> String {
    let mut whole = String::with_capacity(sql.len() + parameters.iter().flatten().map(String::len).sum::<usize>() + 16);
    let mut rest = sql;
    while let Some(at) = rest.find('$') {
        let digits = rest[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[at + 1..at + 1 + digits].parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        whole.push_str(&rest[..at]);
        match number.and_then(|n| parameters.get(n)) {
            Some(Some(text)) => whole.push_str(&quote(text)),
            Some(None) => whole.push_str("null"),
            None => {
                let _ = write!(whole, "{}", &rest[at..at + 1 + digits]);
            }
        }
        rest = &rest[at + 1 + digits..];
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_holds_ends_no_literal() {
        assert_eq!(quote(r"it's a \' trap"), r" E'it''s a \\'' trap'");
    }

    #[test]
    fn parameters_stand_where_their_numbers_are() {
        let parameters = [Some("a$2".to_owned()), None];
        assert_eq!(inline("select f($1, $2::text, $1)", &parameters), "select f( E'a$2', null::text,  E'a$2')");
    }
}
