//! `options`: the settings that a server's command line would have, as pairs of name and value.

use crate::failure::{Failure, Result};

/// `-c name=value`, `-cname=value` and `--name=value`, parted by blanks; `\` takes the next character as it is.
pub fn settings(text: &str, source: &str) -> Result<Vec<(String, String)>> {
    let mut words = words(text).into_iter();
    let mut found = Vec::new();
    while let Some(word) = words.next() {
        let pair = match word.strip_prefix("--") {
            Some(pair) => Some(pair.to_owned()),
            None if word == "-c" => words.next(),
            None => word.strip_prefix("-c").map(str::to_owned),
        };
        match pair.as_deref().and_then(|pair| pair.split_once('=')) {
            Some((name, value)) if !name.is_empty() => found.push((name.replace('-', "_"), value.to_owned())),
            _ => {
                return Err(Failure::usage(format!("{source}: options holds `{word}`, which sets nothing"))
                    .hint("Say -c name=value for each setting."));
            }
        }
    }
    Ok(found)
}

fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut all = text.chars();
    while let Some(c) = all.next() {
        match c {
            '\\' => words.last_mut().into_iter().for_each(|word| word.extend(all.next())),
            c if c.is_whitespace() => words.push(String::new()),
            c => words.last_mut().into_iter().for_each(|word| word.push(c)),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
