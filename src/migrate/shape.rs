//! What a function file may hold: one function of its own name, its comment, and triggers with how they fire. Nothing else
//! is run from it, so that whatever else changes a database is a migration, which has a number and a way back.

use squawk_syntax::{SourceFile, SyntaxKind};

use super::files::Function;
use super::statements::{self, Lines, Statement};
use crate::failure::{Failure, Kind, Result};

/// A trigger that a function file creates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trigger {
    /// Without its schema, which is `dot`.
    pub table: String,
    pub name: String,
    /// `pg_trigger.tgenabled`: `O`, `A` always or `R` on a replica.
    pub enabled: char,
}

/// Something that has no place in the file.
#[derive(Clone, Debug)]
pub struct Misplaced {
    /// Counted from 1.
    pub line: usize,
    pub message: String,
}

pub const ADVICE: &str = "A file in functions/ holds one function of its name with its comment and its triggers; everything else \
                          belongs into a migration: dot migrate new NAME";

/// The words and signs of a statement, lower case outside quotes, without comments.
type Words = Vec<String>;

/// Refuses a file that holds anything else.
pub fn require(function: &Function) -> Result<()> {
    match misplaced(function).into_iter().next() {
        None => Ok(()),
        Some(found) => {
            let place = format!("{}:{}", function.file(), found.line);
            Err(Failure::new(Kind::Invalid, format!("{place}: {}", found.message)).hint(ADVICE))
        }
    }
}

/// Everything in the file that has no place there.
pub fn misplaced(function: &Function) -> Vec<Misplaced> {
    let sql = &function.source;
    let lines = Lines::new(sql);
    let parsed = SourceFile::parse(sql);
    // What the parser does not understand could be anything; but what it thinks of a body is the server's affair.
    let tokens = parsed.syntax_node().descendants_with_tokens().filter_map(|element| element.into_token());
    let literals: Vec<_> = tokens.filter(|token| is_literal(token.kind())).map(|token| token.text_range()).collect();
    let mut found: Vec<Misplaced> = parsed
        .errors()
        .iter()
        .filter(|error| !literals.iter().any(|literal| literal.contains(error.range().start())))
        .map(|error| Misplaced {
            line: lines.of(usize::from(error.range().start())),
            message: error.message().to_owned(),
        })
        .collect();
    let statements = statements::parse(sql);
    let triggers = triggers(&statements);
    let mut functions = 0;
    for statement in &statements {
        match part(&words(statement), &function.name, &triggers) {
            Some(Part::Function) => functions += 1,
            Some(Part::Other) if functions > 0 => {}
            _ => found.push(Misplaced {
                line: statement.line,
                message: format!("`{}` has no place in a function file", statement.head()),
            }),
        }
        if functions > 1 {
            let message = format!("function {} is created a second time", function.name);
            found.push(Misplaced { line: statement.line, message });
            functions = 1;
        }
    }
    if functions == 0 && found.is_empty() {
        found.push(Misplaced { line: 1, message: format!("it does not create function dot.{}", function.name) });
    }
    found.sort_by_key(|one| one.line);
    found
}

/// The triggers that a file creates, with how they fire after it.
pub fn declared(sql: &str) -> Vec<Trigger> {
    triggers(&statements::parse(sql))
}

enum Part {
    Function,
    Other,
}

/// Which part of a function file a statement is; none where it has no place in it.
fn part(words: &Words, name: &str, triggers: &[Trigger]) -> Option<Part> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let own = |table: &str, trigger: &str| triggers.iter().any(|own| own.table == table && own.name == trigger);
    match words.as_slice() {
        ["create", "function" | "procedure", "dot", ".", created, "(", ..]
        | ["create", "or", "replace", "function" | "procedure", "dot", ".", created, "(", ..] => {
            (*created == name).then_some(Part::Function)
        }
        ["comment", "on", "function" | "procedure", "dot", ".", about, "(", ..] => {
            (*about == name).then_some(Part::Other)
        }
        ["comment", "on", "trigger", trigger, "on", "dot", ".", table, "is", _] => {
            own(table, trigger).then_some(Part::Other)
        }
        ["drop", "trigger", "if", "exists", trigger, "on", "dot", ".", table] => {
            own(table, trigger).then_some(Part::Other)
        }
        ["alter", "table", "dot", ".", table, actions @ ..] => actions
            .split(|word| *word == ",")
            .all(|action| matches!(action, ["enable", "always" | "replica", "trigger", trigger] if own(table, trigger)))
            .then_some(Part::Other),
        words => created_trigger(words).map(|_| Part::Other),
    }
}

/// Table and name of the trigger that a statement creates.
fn created_trigger(words: &[&str]) -> Option<(String, String)> {
    let rest = match words {
        ["create", "or", "replace", "constraint", "trigger", rest @ ..]
        | ["create", "or", "replace", "trigger", rest @ ..]
        | ["create", "constraint", "trigger", rest @ ..]
        | ["create", "trigger", rest @ ..] => rest,
        _ => return None,
    };
    let (name, rest) = rest.split_first()?;
    let table = rest.windows(4).find_map(|four| match four {
        ["on", "dot", ".", table] => Some(*table),
        _ => None,
    })?;
    Some((table.to_owned(), (*name).to_owned()))
}

fn triggers(statements: &[Statement]) -> Vec<Trigger> {
    let mut triggers: Vec<Trigger> = Vec::new();
    for words in statements.iter().map(words) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if let Some((table, name)) = created_trigger(&words) {
            triggers.push(Trigger { table, name, enabled: 'O' });
        }
        let ["alter", "table", "dot", ".", table, actions @ ..] = words.as_slice() else { continue };
        for action in actions.split(|word| *word == ",") {
            let ["enable", how, "trigger", name] = action else { continue };
            let enabled = if *how == "always" { 'A' } else { 'R' };
            let named = triggers.iter_mut().filter(|own| own.table == *table && own.name == *name);
            named.for_each(|own| own.enabled = enabled);
        }
    }
    triggers
}

const fn is_literal(kind: SyntaxKind) -> bool {
    matches!(kind, SyntaxKind::STRING | SyntaxKind::DOLLAR_QUOTED_STRING)
}

fn words(statement: &Statement) -> Words {
    let tokens = statement.node.descendants_with_tokens().filter_map(|element| element.into_token());
    let words = tokens
        .filter(|token| !matches!(token.kind(), SyntaxKind::WHITESPACE | SyntaxKind::COMMENT | SyntaxKind::SEMICOLON));
    words
        .map(|token| match token.text() {
            quoted if quoted.starts_with(['\'', '"', '$']) => quoted.to_owned(),
            plain => plain.to_lowercase(),
        })
        .collect()
}
