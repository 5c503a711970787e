//! Files of `src/` as tokens.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// One file of `src/`, without comments and without its tests.
pub struct Source {
    /// Below `src/`.
    pub path: String,
    tokens: Vec<TokenTree>,
}

/// All of them.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found: Vec<PathBuf> =
        walkdir::WalkDir::new(&root).into_iter().map(|entry| entry.expect("a file").into_path()).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == "rs"));
    found.sort();
    let source = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a file");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let path = path.strip_prefix(&root).expect("below src").display().to_string();
        Source { tokens: flat(code, &path), path }
    };
    found.into_iter().map(source).collect()
}

/// The tokens of `code`, with those of groups in their places.
fn flat(code: &str, path: &str) -> Vec<TokenTree> {
    fn into(stream: TokenStream, all: &mut Vec<TokenTree>) {
        for token in stream {
            match token {
                TokenTree::Group(group) => {
                    // Its place is kept, so that a path ends where it does.
                    all.push(TokenTree::Group(group.clone()));
                    into(group.stream(), all);
                }
                other => all.push(other),
            }
        }
    }
    let stream = code.parse().unwrap_or_else(|cause| panic!("{path}: {cause}"));
    let mut all = Vec::new();
    into(stream, &mut all);
    all
}

impl Source {
    /// The folder, or the file beside the folders, that this file belongs to.
    pub fn folder(&self) -> &str {
        self.path.split('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// The folders that its paths name, `crate::folder::…` or as many `super` as lead there.
    pub fn uses(&self) -> BTreeSet<String> {
        let is_mod = self.path.ends_with("/mod.rs");
        let depth = self.path.split('/').count() - usize::from(is_mod);
        let mut found = BTreeSet::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let mut supers = 0;
            let mut next = at;
            while self.word(next) == Some("super".to_owned()) && self.is_path(next + 1) {
                supers += 1;
                next += 3;
            }
            if supers == 0 && self.word(at) == Some("crate".to_owned()) && self.is_path(at + 1) {
                (supers, next) = (depth, at + 3);
            }
            if supers == depth {
                match self.tokens.get(next) {
                    Some(TokenTree::Group(group)) => found.extend(heads(group.stream())),
                    Some(TokenTree::Ident(ident)) => drop(found.insert(ident.to_string())),
                    _ => {}
                }
            }
            at = next.max(at + 1);
        }
        found
    }

    /// How often it has `impl <what> for`.
    pub fn implementations(&self, what: &str) -> usize {
        let words = ["impl", what, "for"];
        let here = |at: &usize| words.iter().enumerate().all(|(n, word)| self.word(at + n).as_deref() == Some(word));
        (0..self.tokens.len()).filter(here).count()
    }

    fn word(&self, at: usize) -> Option<String> {
        match self.tokens.get(at) {
            Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
            _ => None,
        }
    }

    /// Whether `::` stands here.
    fn is_path(&self, at: usize) -> bool {
        let colon = |at| matches!(self.tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
        colon(at) && colon(at + 1)
    }

    /// The plain string literals, each with where it stands.
    pub fn texts(&self) -> impl Iterator<Item = (usize, String)> {
        self.tokens.iter().enumerate().filter_map(|(at, token)| {
            let TokenTree::Literal(literal) = token else { return None };
            let text = literal.to_string();
            let text = text.strip_prefix('"')?.strip_suffix('"')?;
            Some((at, text.to_owned()))
        })
    }

    /// Whether a command's code is named in the few tokens around this place.
    pub fn speaks_of_codes(&self, at: usize) -> bool {
        let around = at.saturating_sub(8)..(at + 6).min(self.tokens.len());
        around.filter_map(|at| self.word(at)).any(|word| word == "code")
    }
}

/// The first words of `{a::b, c}`.
fn heads(stream: TokenStream) -> Vec<String> {
    let mut heads = Vec::new();
    let mut begins = true;
    for token in stream {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => begins = true,
            TokenTree::Ident(ident) if begins => {
                heads.push(ident.to_string());
                begins = false;
            }
            _ => begins = false,
        }
    }
    heads
}
