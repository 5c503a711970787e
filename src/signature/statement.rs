//! The text that is signed: `dot-approval/1`, then each part on a line of its own, as `name: value` (see `fn_review_text`).

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::hex::hex;

const FORMAT: &str = "dot-approval/1";

const PARTS: [&str; 13] = [
    "database",
    "proposal",
    "kind",
    "revision",
    "payload",
    "base",
    "code",
    "policy",
    "verdict",
    "reviewer",
    "rationale",
    "evidence",
    "time",
];

/// The parts of a text, in their order.
#[derive(Clone, Debug)]
pub struct Statement<'a>([&'a str; PARTS.len()]);

impl<'a> Statement<'a> {
    /// None where the text is any other.
    pub fn parse(text: &'a str) -> Option<Statement<'a>> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != FORMAT {
            return None;
        }
        let mut parts = [""; PARTS.len()];
        for (name, part) in PARTS.iter().zip(&mut parts) {
            *part = lines.next()?.strip_prefix(name)?.strip_prefix(": ")?;
        }
        lines.next().is_none().then_some(Statement(parts))
    }

    /// One part, by its name.
    pub fn part(&self, name: &str) -> &'a str {
        PARTS.iter().position(|known| *known == name).map_or("", |at| self.0[at])
    }

    /// The names of those parts that are not what is expected of them.
    pub fn differences<'b>(&self, expected: &[(&'b str, String)]) -> Vec<&'b str> {
        expected.iter().filter(|(name, value)| self.part(name) != value).map(|(name, _)| *name).collect()
    }

    /// The database that it was signed for, as `SYSTEM_IDENTIFIER/NAME`.
    pub fn database(&self) -> String {
        serde_json::from_str(self.part("database")).map_or_else(|_| String::new(), |said| database(&said))
    }
}

/// A database as `SYSTEM_IDENTIFIER/NAME`, from what `fn_command_database` says.
pub fn database(said: &Value) -> String {
    let text = |name: &str| said[name].as_str().unwrap_or_default();
    format!("{}/{}", text("system_identifier"), text("database"))
}

/// A digest as the text has it.
pub fn digest(text: &str) -> String {
    format!("sha256:{}", hex(&Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_and_no_other() {
        let lines: Vec<String> = PARTS.iter().map(|name| format!("{name}: of {name}: x\n")).collect();
        let text = format!("{FORMAT}\n{}", lines.concat());
        let statement = Statement::parse(&text).expect("a statement");
        assert_eq!(statement.part("verdict"), "of verdict: x");
        assert_eq!(statement.differences(&[("kind", "of kind: x".into()), ("code", "y".into())]), ["code"]);
        let others = [
            format!("{text}\n"),
            text.trim_end().to_owned(),
            text.replacen('1', "2", 1),
            format!("{text}verdict: of verdict: x\n"),
            text.replacen("code: of code: x\n", "", 1),
        ];
        for other in others {
            assert!(Statement::parse(&other).is_none(), "{other:?}");
        }
    }
}
