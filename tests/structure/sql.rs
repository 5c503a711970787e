//! Function files as their string literals.

use std::collections::BTreeSet;
use std::path::Path;

/// One file of `migrations/functions/`.
pub struct Function {
    pub name: String,
    pub domain: String,
    pub text: String,
}

pub fn functions() -> Vec<Function> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/functions");
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let path = entry.expect("a file").into_path();
        if path.extension().is_some_and(|extension| extension == "sql") {
            let text = std::fs::read_to_string(&path).expect("a file");
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let domain = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
            found.push(Function { name, domain, text });
        }
    }
    found
}

impl Function {
    /// Its string literals, comments apart, each with what stands before it.
    pub fn literals(&self) -> Vec<(&str, String)> {
        let text = self.text.as_str();
        let bytes = text.as_bytes();
        let (mut found, mut at) = (Vec::new(), 0);
        while at < bytes.len() {
            if bytes[at..].starts_with(b"--") {
                at = text[at..].find('\n').map_or(bytes.len(), |end| at + end);
            } else if bytes[at] == b'\'' {
                let begins = at;
                at += 1;
                while at < bytes.len() && (bytes[at] != b'\'' || bytes.get(at + 1) == Some(&b'\'')) {
                    at += if bytes[at] == b'\'' { 2 } else { 1 };
                }
                found.push((&text[..begins], text[begins + 1..at].replace("''", "'")));
                at += 1;
            } else {
                at += 1;
            }
        }
        found
    }

    /// The codes of errors and refusals that it names.
    pub fn errors(&self) -> BTreeSet<String> {
        let is_code = |text: &str| {
            text.len() == 5 && text.strip_prefix("DT").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
        };
        self.literals().into_iter().map(|(_, text)| text).filter(|text| is_code(text)).collect()
    }

    /// Those that it raises, or refuses with, and does not catch itself.
    pub fn raised(&self) -> BTreeSet<String> {
        let literals = self.literals();
        let after = |word: &str| -> BTreeSet<String> {
            let here = literals.iter().filter(|(before, _)| before.trim_end().ends_with(word));
            here.map(|(_, text)| text.clone()).collect()
        };
        let mut raised = after("errcode =");
        raised.extend(after("fn_command_refusal("));
        raised.difference(&after("sqlstate")).cloned().collect()
    }

    /// The words of its text.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
    }
}
