//! The platform's own rules for migration files.

use squawk_syntax::SyntaxKind;

use super::{Finding, Level};
use crate::migrate::set::Set;
use crate::migrate::statements::{self, Class, Lines, Statement};

/// Rule names with what to do about a finding.
const NO_TRANSACTION: Rule = ("no-transaction", "Everything is applied in one transaction; leave the mark out.");
const CONTROL: Rule =
    ("transaction-control", "Everything is applied in one transaction; leave begin, commit and savepoints out.");
const CALL: Rule = (
    "recreatable-function",
    "Functions live one per file in functions/ and come after all migrations: a fresh database has none of them here. \
     Only dropping one is fine.",
);
const MIXED: Rule = ("mixed-migration", "Schema, rows and gates change in migrations of their own: split the file.");
const FRAMING: Rule =
    ("role-framing", "Objects belong to dot_owner: start with `set local role dot_owner;` and end with `reset role;`.");
const DOWN: Rule = ("missing-down", "Write the down file that takes this migration back.");

const ROLE: Rule = (
    "own-role",
    "A set of your own acts as whoever applies it, and its objects are that login's or of a role that you make the owner: \
     alter … owner to …",
);

type Rule = (&'static str, &'static str);

/// Findings in an up file.
pub fn up(file: &str, sql: &str, set: &Set) -> Vec<Finding> {
    let statements = statements::parse(sql);
    let mut found = common(file, sql, &statements, set);
    found.extend(mixed(&statements).map(|(line, message)| finding(file, line, MIXED, message)));
    if *set == Set::Platform {
        found.extend(framing(&statements).map(|(line, message)| finding(file, line, FRAMING, message)));
    }
    accepted(sql, found)
}

/// Findings in a down file, which takes objects away in any order and mixes what its up file could not.
pub fn down(file: &str, sql: &str, set: &Set) -> Vec<Finding> {
    accepted(sql, common(file, sql, &statements::parse(sql), set))
}

/// The finding of an up file without a down file.
pub fn missing_down(file: &str, sql: &str) -> Vec<Finding> {
    accepted(sql, vec![finding(file, 1, DOWN, "there is no down file".to_owned())])
}

fn common(file: &str, sql: &str, statements: &[Statement], set: &Set) -> Vec<Finding> {
    let mut found = Vec::new();
    if statements::has_no_transaction(sql) {
        found.push(finding(file, 1, NO_TRANSACTION, "the file wants to run outside the transaction".to_owned()));
    }
    for statement in statements {
        if statement.class == Class::Control {
            found.push(finding(file, statement.line, CONTROL, format!("`{}`", statement.head())));
        }
        match set {
            Set::Platform => found.extend(functions(statement).into_iter().map(|(line, name)| {
                finding(file, line, CALL, format!("re-creatable function {name} is used in versioned SQL"))
            })),
            Set::Own(_) if is_role(statement) => {
                found.push(finding(file, statement.line, ROLE, format!("`{}`", statement.head())));
            }
            Set::Own(_) => {}
        }
    }
    found
}

fn finding(file: &str, line: usize, (rule, help): Rule, message: String) -> Finding {
    let level = if rule == DOWN.0 { Level::Warning } else { Level::Error };
    Finding { file: file.to_owned(), line, rule: rule.to_owned(), level, message, help: Some(help.to_owned()) }
}

/// Leaves out what the file accepts by `-- dot-ignore RULE: reason`. Without a reason nothing is accepted.
fn accepted(sql: &str, found: Vec<Finding>) -> Vec<Finding> {
    let accepts = |rule: &str| {
        sql.lines().filter_map(|line| line.trim().strip_prefix("-- dot-ignore ")).any(|rest| {
            rest.split_once(':').is_some_and(|(name, reason)| name.trim() == rule && !reason.trim().is_empty())
        })
    };
    found.into_iter().filter(|finding| !accepts(&finding.rule)).collect()
}

/// The functions of the platform that a statement uses or defines, with their lines. Bodies of `do` blocks count.
fn functions(statement: &Statement) -> Vec<(usize, String)> {
    let verb = statement.verb();
    if matches!(verb.as_str(), "drop function" | "drop routine") {
        return Vec::new();
    }
    let mut code = statement.text.clone();
    if verb != "do" {
        // Literals are no calls: a check may say what a function's name looks like.
        code.clear();
        for token in statement.node.descendants_with_tokens().filter_map(|element| element.into_token()) {
            match token.kind() {
                SyntaxKind::COMMENT | SyntaxKind::STRING | SyntaxKind::DOLLAR_QUOTED_STRING => {
                    code.extend(token.text().chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
                }
                _ => code.push_str(token.text()),
            }
        }
    }
    // The node starts with the comments before the statement, whose own first line is known.
    let code = code.trim_start();
    let lines = Lines::new(code);
    named(code).into_iter().map(|(offset, name)| (statement.line + lines.of(offset) - 1, name)).collect()
}

/// `fn_name(` in a text, with the byte offset of each.
fn named(text: &str) -> Vec<(usize, String)> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices("fn_")
        .filter(|(place, _)| !text[..*place].ends_with(is_word))
        .filter_map(|(place, _)| {
            let rest = &text[place..];
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            rest[end..].trim_start_matches(['"', ' ', '\n']).starts_with('(').then(|| (place, rest[..end].to_owned()))
        })
        .collect()
}

/// Where a file starts to change another kind of thing than it did before.
fn mixed(statements: &[Statement]) -> Option<(usize, String)> {
    let mut first: Option<(&str, usize)> = None;
    for statement in statements {
        let Some(what) = subject(statement) else { continue };
        match first {
            None => first = Some((what, statement.line)),
            Some((before, line)) if before != what => {
                return Some((statement.line, format!("this changes {what}, and line {line} changes {before}")));
            }
            Some(_) => {}
        }
    }
    None
}

/// Whether it makes the session act as somebody else.
fn is_role(statement: &Statement) -> bool {
    let words: Vec<String> = statement.text.split_whitespace().map(str::to_lowercase).take(4).collect();
    let words: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !matches!(*word, "local" | "session")).collect();
    matches!(words.as_slice(), ["set", "role" | "authorization", ..])
}

/// What a statement changes: the schema, gates or rows.
fn subject(statement: &Statement) -> Option<&'static str> {
    let text = statement.text.to_lowercase();
    let rows = if text.contains("dot_config") { "gates" } else { "rows" };
    match statement.class {
        Class::Ddl => Some("the schema"),
        Class::Data => Some(rows),
        Class::Other if statement.verb() == "do" => {
            let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
            if has(&["insert into ", "delete from ", "update dot.", "merge into "]) {
                Some(rows)
            } else {
                has(&["create ", "alter ", "drop ", "grant "]).then_some("the schema")
            }
        }
        Class::Control | Class::Other => None,
    }
}

fn framing(statements: &[Statement]) -> Option<(usize, String)> {
    let plain = |statement: &Statement| {
        statement.text.trim_end_matches(';').split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
    };
    let last = statements.iter().rfind(|statement| matches!(statement.class, Class::Ddl | Class::Data))?;
    if !statements.iter().any(|statement| plain(statement) == "set local role dot_owner") {
        return Some((1, "the file does not act as dot_owner".to_owned()));
    }
    match statements.last() {
        Some(end) if plain(end) == "reset role" => None,
        _ => Some((last.line, "the file does not give the role back at its end".to_owned())),
    }
}
