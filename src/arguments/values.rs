//! One argument's value: from text or JSON to the JSON that is bound, audited and shown, checked against its type.

use std::path::PathBuf;
use std::str::FromStr;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{statements, times};
use crate::catalog::spec::{ArgSpec, ArgType};
use crate::failure::{At, Failure, Kind, Result};
use crate::settings::Zone;

/// The value of `arg` from what the user typed, one text for each occurrence.
pub fn from_texts(arg: &ArgSpec, texts: &[String], zone: &Zone) -> Result<Value> {
    match arg.kind {
        ArgType::Documents => crate::documents::load(&texts.iter().map(PathBuf::from).collect::<Vec<_>>()),
        ArgType::Statements => single_statements(texts),
        kind if kind.is_array() => texts
            .iter()
            .map(|text| scalar(arg, kind.element(), text, zone))
            .collect::<Result<Vec<_>>>()
            .map(Value::Array),
        kind => scalar(arg, kind, texts.last().map_or("", String::as_str), zone),
    }
}

/// The value of `arg` from a member of `--input`; numbers, booleans and arrays may be given as such.
pub fn from_json(arg: &ArgSpec, value: Value, zone: &Zone) -> Result<Value> {
    match (arg.kind, value) {
        (ArgType::Documents, Value::Array(items)) => crate::documents::given(items).map_err(|cause| named(arg, cause)),
        (ArgType::Documents, other) => Err(bad(arg, &other.to_string(), "an array of documents")),
        (ArgType::Json | ArgType::Catalog, value) => Ok(value),
        // In --input a file argument is the content itself.
        (ArgType::File, Value::String(text)) => public(arg, text),
        (kind, Value::Array(items)) if kind.is_array() => items
            .into_iter()
            .map(|item| scalar(arg, kind.element(), &plain(arg, item)?, zone))
            .collect::<Result<Vec<_>>>()
            .map(Value::Array),
        (kind, value) if !kind.is_array() => scalar(arg, kind, &plain(arg, value)?, zone),
        (kind, value) => Err(bad(arg, &value.to_string(), &format!("an array of {}", kind.element().pg_type()))),
    }
}

/// Each statement of each text, in order. What they may be is the function's to judge, one by one.
fn single_statements(texts: &[String]) -> Result<Value> {
    let mut found = Vec::new();
    for text in texts {
        let text = content(text)?;
        found.extend(statements::split(&text).into_iter().map(Value::from));
    }
    Ok(Value::Array(found))
}

fn plain(arg: &ArgSpec, value: Value) -> Result<String> {
    match value {
        Value::String(text) => Ok(text),
        Value::Number(_) | Value::Bool(_) => Ok(value.to_string()),
        other => Err(bad(arg, &other.to_string(), arg.kind.pg_type())),
    }
}

fn scalar(arg: &ArgSpec, kind: ArgType, text: &str, zone: &Zone) -> Result<Value> {
    if text.contains('\0') {
        return Err(bad(arg, &text.escape_debug().to_string(), "text without NUL characters"));
    }
    match kind {
        ArgType::Text => public(arg, text.to_owned()),
        ArgType::Script => content(text).map(Value::from),
        ArgType::Enum if arg.values.iter().any(|value| value == text) => Ok(json!(text)),
        ArgType::Enum => Err(bad(arg, text, &format!("one of {}", arg.values.join(", ")))),
        ArgType::Int => match text.parse::<i32>() {
            Ok(number) => at_least(arg, text, number.into()),
            Err(_) => Err(bad(arg, text, "a whole number of 32 bits")),
        },
        ArgType::Bigint => match text.parse() {
            Ok(number) => at_least(arg, text, number),
            Err(_) => Err(bad(arg, text, "a whole number of 64 bits")),
        },
        // Kept as text: a JSON number would lose digits.
        ArgType::Numeric if is_decimal(text) => Ok(json!(text)),
        ArgType::Numeric => Err(bad(arg, text, "a decimal number")),
        ArgType::Bool => match text {
            "true" | "yes" | "on" | "1" => Ok(json!(true)),
            "false" | "no" | "off" | "0" => Ok(json!(false)),
            _ => Err(bad(arg, text, "true or false")),
        },
        // The database knows what begins so.
        ArgType::Uuid if arg.names.is_some() && is_prefix(text) => Ok(json!(text.to_lowercase())),
        ArgType::Uuid if arg.names.is_some() => Uuid::from_str(text)
            .map(|id| json!(id.to_string()))
            .map_err(|_| bad(arg, text, "a UUID, or a prefix of one with at least 4 hexadecimal digits")),
        ArgType::Uuid => Uuid::from_str(text).map(|id| json!(id.to_string())).map_err(|_| bad(arg, text, "a UUID")),
        ArgType::Moment if arg.values.iter().any(|value| value == text) => Ok(json!(text)),
        ArgType::Timestamptz | ArgType::Moment => {
            times::instant(text, zone).map(|time| json!(time.to_string())).map_err(|failure| named(arg, failure))
        }
        ArgType::Interval => text
            .parse::<jiff::Span>()
            .map(|span| json!(span.to_string()))
            .map_err(|_| bad(arg, text, "a duration such as 5m, 2h 30m, 3 days or PT5M")),
        ArgType::Json => {
            crate::json::strict(&content(text)?).map_err(|cause| bad(arg, text, &format!("JSON ({cause})")))
        }
        ArgType::File => {
            let path = if text == "-" { text.to_owned() } else { format!("@{text}") };
            public(arg, content(&path)?)
        }
        ArgType::Documents
        | ArgType::Catalog
        | ArgType::Statements
        | ArgType::TextArray
        | ArgType::IntArray
        | ArgType::UuidArray => Err(Failure::unexpected(format!("argument `{}` is no scalar", arg.name))),
    }
}

/// The text, unless it is a private key, given where the public one was meant: what is given is kept for good.
fn public(arg: &ArgSpec, text: String) -> Result<Value> {
    if !arg.secret && is_private_key(&text) {
        let failure =
            Failure::new(Kind::Invalid, "this is a private key, which never leaves its owner; nothing was kept of it");
        return Err(named(arg, failure.hint("Give the public one: the file with the ending .pub")));
    }
    Ok(Value::String(text))
}

/// As ssh-keygen, openssl and `dot audit keygen` write them.
pub fn is_private_key(text: &str) -> bool {
    text.contains("PRIVATE KEY-----") || text.trim_start().starts_with("PRIVATE+KEY+")
}

/// `@file` is the file's text, `-` standard input, and anything else itself.
pub fn content(text: &str) -> Result<String> {
    let bytes = if text == "-" {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)
            .at(|| "cannot read standard input".to_owned())?;
        bytes
    } else if let Some(path) = text.strip_prefix('@') {
        std::fs::read(path).at(|| format!("cannot read {path}"))?
    } else {
        return Ok(text.to_owned());
    };
    String::from_utf8(bytes).map_err(|cause| {
        let place = cause.utf8_error().valid_up_to();
        Failure::new(Kind::Invalid, format!("{text} is not UTF-8: byte {place} cannot be read"))
    })
}

/// The number, unless it is less than the least that the argument may be.
fn at_least(arg: &ArgSpec, text: &str, number: i64) -> Result<Value> {
    let least = arg.min.unwrap_or(0);
    if number < least { Err(bad(arg, text, &format!("a whole number of at least {least}"))) } else { Ok(json!(number)) }
}

/// Whether the text is the beginning of a UUID as it is written, and no whole one.
pub fn is_prefix(text: &str) -> bool {
    let digit = |(at, c): (usize, char)| if matches!(at, 8 | 13 | 18 | 23) { c == '-' } else { c.is_ascii_hexdigit() };
    (4..36).contains(&text.len()) && text.is_ascii() && text.chars().enumerate().all(digit)
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    !whole.is_empty() && !fraction.is_empty() && (whole.to_owned() + fraction).bytes().all(|b| b.is_ascii_digit())
}

fn bad(arg: &ArgSpec, text: &str, wanted: &str) -> Failure {
    let shown: String = if arg.secret { "***".to_owned() } else { text.chars().take(80).collect() };
    named(arg, Failure::usage(format!("`{shown}` is not {wanted}")))
}

/// The failure with the argument that it is about.
fn named(arg: &ArgSpec, failure: Failure) -> Failure {
    let flag = if arg.positional { arg.name.to_uppercase() } else { format!("--{}", arg.name) };
    let hint = failure.hint.clone().unwrap_or_else(|| arg.help.clone());
    Failure { message: format!("{flag}: {}", failure.message), ..failure }.hint(hint)
}
