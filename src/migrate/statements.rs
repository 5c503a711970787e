//! A migration file as statements, by squawk's parser.

use squawk_syntax::ast::{self, AstNode, Stmt};
use squawk_syntax::{SourceFile, SyntaxElement, SyntaxKind, SyntaxNode};

use crate::failure::{Failure, Kind, Result};

/// What a statement does to a database, as far as its form tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Changes the schema: objects, owners, grants, comments.
    Ddl,
    /// Changes rows.
    Data,
    /// Begins, ends or divides a transaction.
    Control,
    /// Anything else: queries, settings, roles.
    Other,
}

/// One statement of a file.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Counted from 1.
    pub line: usize,
    /// The whole statement, without the comments before it.
    pub text: String,
    pub class: Class,
    pub node: SyntaxNode,
}

impl Statement {
    /// The statement's first line.
    pub fn head(&self) -> &str {
        self.text.lines().next().unwrap_or_default()
    }

    /// The leading words that say what it does, for example `create table`.
    pub fn verb(&self) -> String {
        let words: Vec<String> = self.text.split_whitespace().take(4).map(str::to_lowercase).collect();
        let plain: Vec<&str> = words.iter().map(String::as_str).filter(|w| !matches!(*w, "or" | "replace")).collect();
        match plain.as_slice() {
            ["create", "unique" | "constraint", what, ..] => format!("create {what}"),
            [verb @ ("create" | "alter" | "drop" | "comment"), what, ..] => format!("{verb} {what}"),
            [verb, ..] => verb.trim_end_matches(';').to_owned(),
            [] => String::new(),
        }
    }

    /// The name of the index that `create index if not exists` passes over where it is there.
    pub fn passes_over_index(&self) -> Option<String> {
        let created = ast::CreateIndex::cast(self.node.clone())?;
        created.if_not_exists()?;
        let name = created.index()?.syntax().text().to_string();
        let name = name.trim();
        Some(match name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(quoted) => quoted.replace("\"\"", "\""),
            None => name.to_lowercase(),
        })
    }

    /// `create role`, and its other words.
    pub fn creates_role(&self) -> bool {
        use SyntaxKind::{CREATE_GROUP, CREATE_ROLE, CREATE_USER};
        matches!(self.node.kind(), CREATE_ROLE | CREATE_USER | CREATE_GROUP)
    }
}

/// The statements of `sql` in their order.
pub fn parse(sql: &str) -> Vec<Statement> {
    let lines = Lines::new(sql);
    SourceFile::parse(sql)
        .tree()
        .stmts()
        .filter(|statement| !matches!(statement, Stmt::EmptyStmt(_)))
        .map(|statement| {
            let node = statement.syntax().clone();
            let end = usize::from(node.text_range().end());
            // Comments before a statement belong to its node; what it does starts after them.
            let start = node
                .descendants_with_tokens()
                .filter_map(|element| element.into_token())
                .find(|token| !matches!(token.kind(), SyntaxKind::WHITESPACE | SyntaxKind::COMMENT))
                .map_or(end, |token| usize::from(token.text_range().start()));
            Statement {
                line: lines.of(start),
                text: sql.get(start..end).unwrap_or_default().trim_end().to_owned(),
                class: class(&statement),
                node,
            }
        })
        .collect()
}

/// Refuses a file that would leave the one transaction in which everything is applied. `file` is named in the error.
pub fn refuse_control(sql: &str, file: &str) -> Result<()> {
    let advice = "Everything is applied in one transaction, so that a killed apply leaves nothing behind. \
                  For an index on a large table, create it concurrently beforehand and use `create index if not exists` here.";
    if has_no_transaction(sql) {
        return Err(Failure::new(Kind::Invalid, format!("{file}:1: `-- no-transaction` is not supported")).hint(advice));
    }
    match parse(sql).into_iter().find(is_control) {
        None => Ok(()),
        Some(found) => Err(Failure::new(
            Kind::Invalid,
            format!("{file}:{}: transaction control has no place here: {}", found.line, found.head()),
        )
        .hint(advice)),
    }
}

/// The line of the first piece of a file that belongs to no statement which the parser knows; none where it knows them all.
pub fn unknown(sql: &str) -> Option<usize> {
    let parsed = SourceFile::parse(sql);
    let is_known = |element: &SyntaxElement| match element {
        SyntaxElement::Node(node) => Stmt::cast(node.clone()).is_some(),
        SyntaxElement::Token(token) => {
            matches!(token.kind(), SyntaxKind::WHITESPACE | SyntaxKind::COMMENT | SyntaxKind::SEMICOLON)
        }
    };
    let unknown = parsed.syntax_node().children_with_tokens().find(|element| !is_known(element))?;
    Some(Lines::new(sql).of(usize::from(unknown.text_range().start())))
}

/// The words that a statement begins with which begins, ends or divides a transaction.
const CONTROL: [&str; 9] =
    ["begin", "start", "commit", "end", "abort", "rollback", "savepoint", "release", "prepare transaction"];

fn is_control(statement: &Statement) -> bool {
    let mut words =
        statement.text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_lowercase();
    let both = format!("{first} {}", words.next().unwrap_or_default().to_lowercase());
    statement.class == Class::Control || CONTROL.contains(&first.as_str()) || CONTROL.contains(&both.as_str())
}

/// sqlx's mark for a migration that wants no transaction.
pub fn has_no_transaction(sql: &str) -> bool {
    sql.starts_with("-- no-transaction")
}

fn class(statement: &Stmt) -> Class {
    match statement {
        Stmt::Begin(_)
        | Stmt::Commit(_)
        | Stmt::Rollback(_)
        | Stmt::SavepointCreate(_)
        | Stmt::ReleaseSavepoint(_)
        | Stmt::PrepareTransaction(_)
        | Stmt::SetTransaction(_) => Class::Control,
        Stmt::Insert(_) | Stmt::Update(_) | Stmt::Delete(_) | Stmt::Merge(_) | Stmt::Truncate(_) | Stmt::Copy(_) => {
            Class::Data
        }
        Stmt::Grant(_) | Stmt::Revoke(_) | Stmt::CommentOn(_) | Stmt::SelectInto(_) | Stmt::Reassign(_) => Class::Ddl,
        // The syntax kinds are named after the words that start the statement.
        other => match format!("{:?}", other.syntax().kind()) {
            kind if ["CREATE_", "ALTER_", "DROP_"].iter().any(|verb| kind.starts_with(verb)) => Class::Ddl,
            _ => Class::Other,
        },
    }
}

/// From byte offsets to line numbers.
pub struct Lines(Vec<usize>);

impl Lines {
    pub fn new(text: &str) -> Lines {
        Lines(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(place, _)| place).collect())
    }

    /// The line of a byte offset, counted from 1.
    pub fn of(&self, offset: usize) -> usize {
        self.0.partition_point(|end| *end < offset) + 1
    }
}
