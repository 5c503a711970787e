//! The one error value of the program.
//!
//! A [`Failure`] is made where the cause is known and travels unchanged to the renderer, which prints it as a miette
//! report or as the `error` object of the JSON document. Its [`Kind`] alone decides the exit code ([`Kind::exit_code`]),
//! so exit codes are assigned in one place.

use std::fmt;

use serde_json::{Value, json};

/// What class of thing went wrong. The exit codes are a documented interface; see the table in README.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A fault of the program or an unforeseen database error: exit 1.
    Unexpected,
    /// The command line cannot be understood: exit 2.
    Usage,
    /// A check ran and found differences: exit 3.
    Differs,
    /// The login or actor may not do this: exit 4.
    Permission,
    /// The thing named does not exist: exit 5.
    NotFound,
    /// Refused by a gate, a state, a conflict or plan drift: exit 6.
    Refused,
    /// A confirmation or an approval is missing: exit 7.
    ApprovalRequired,
    /// Accepted but not finished yet: exit 8.
    Pending,
    /// The payload is invalid: exit 9.
    Invalid,
    /// The database is unavailable or timed out; trying again may help: exit 10.
    Unavailable,
    /// Binary, catalog and database do not match: exit 11.
    Mismatch,
    /// Some items were done and others were not: exit 12.
    Partial,
    /// It ran, and its answer could not be written: exit 13.
    Unwritten,
    /// Interrupted by the user: exit 130.
    Interrupted,
}

impl Kind {
    /// The process exit code of this kind.
    pub const fn exit_code(self) -> u8 {
        match self {
            Kind::Unexpected => 1,
            Kind::Usage => 2,
            Kind::Differs => 3,
            Kind::Permission => 4,
            Kind::NotFound => 5,
            Kind::Refused => 6,
            Kind::ApprovalRequired => 7,
            Kind::Pending => 8,
            Kind::Invalid => 9,
            Kind::Unavailable => 10,
            Kind::Mismatch => 11,
            Kind::Partial => 12,
            Kind::Unwritten => 13,
            Kind::Interrupted => 130,
        }
    }

    /// The stable snake_case name used in JSON and in `catalog/errors/`.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Unexpected => "unexpected",
            Kind::Usage => "usage",
            Kind::Differs => "differs",
            Kind::Permission => "permission",
            Kind::NotFound => "not_found",
            Kind::Refused => "refused",
            Kind::ApprovalRequired => "approval_required",
            Kind::Pending => "pending",
            Kind::Invalid => "invalid",
            Kind::Unavailable => "unavailable",
            Kind::Mismatch => "mismatch",
            Kind::Partial => "partial",
            Kind::Unwritten => "unwritten",
            Kind::Interrupted => "interrupted",
        }
    }

    /// Every kind, in the order of the exit codes.
    pub const ALL: [Kind; 14] = [
        Kind::Unexpected,
        Kind::Usage,
        Kind::Differs,
        Kind::Permission,
        Kind::NotFound,
        Kind::Refused,
        Kind::ApprovalRequired,
        Kind::Pending,
        Kind::Invalid,
        Kind::Unavailable,
        Kind::Mismatch,
        Kind::Partial,
        Kind::Unwritten,
        Kind::Interrupted,
    ];

    /// The kind called `name`, if there is one.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The code of a failure that the client itself finds, in the catalogue's `DT` class.
    const fn client_code(self) -> &'static str {
        match self {
            Kind::Unexpected => "DT500",
            Kind::Usage => "DT002",
            Kind::Differs => "DT003",
            Kind::Permission => "DT403",
            Kind::NotFound => "DT404",
            Kind::Refused => "DT409",
            Kind::ApprovalRequired => "DT428",
            Kind::Pending => "DT202",
            Kind::Invalid => "DT400",
            Kind::Unavailable => "DT503",
            Kind::Mismatch => "DT505",
            Kind::Partial => "DT207",
            Kind::Unwritten => "DT507",
            Kind::Interrupted => "DT130",
        }
    }
}

/// Why an invocation failed: what, where, and what to do next.
#[derive(Clone, Debug)]
pub struct Failure {
    /// A code declared in `catalog/errors/`, for example `DT404`.
    pub code: String,
    pub kind: Kind,
    /// One sentence: what failed.
    pub message: String,
    /// Facts for a program, often an object; text for a person.
    pub detail: Option<Value>,
    /// What to do next.
    pub hint: Option<String>,
    /// The SQLSTATE, where PostgreSQL raised the error.
    pub sqlstate: Option<String>,
    /// Whether the same invocation may succeed later, unchanged.
    pub retryable: bool,
}

pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Failure {
            code: kind.client_code().to_owned(),
            kind,
            message: message.into(),
            detail: None,
            hint: None,
            sqlstate: None,
            retryable: kind == Kind::Unavailable,
        }
    }

    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    pub fn unexpected(message: impl Into<String>) -> Self {
        Self::new(Kind::Unexpected, message)
    }

    pub fn code(mut self, code: &str) -> Self {
        self.code = code.to_owned();
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub fn detail(mut self, detail: impl Into<Value>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    pub const fn exit_code(&self) -> u8 {
        self.kind.exit_code()
    }

    /// Why, for a program to go by. Where something is missing that people have to say, it is who says it: `confirm` (the
    /// caller, with the same command), `propose` (it has to be proposed first), `approve` (a reviewer decides on the proposal).
    /// Else it is the reason that the database gives, if it gives one.
    pub fn reason(&self) -> Option<&str> {
        let said = self.detail.as_ref().and_then(|detail| detail["reason"].as_str());
        if self.kind != Kind::ApprovalRequired {
            return said;
        }
        Some(match said {
            Some("confirm") => "confirm",
            Some("approval_missing" | "proposal_denied") => "approve",
            _ => "propose",
        })
    }

    /// The `error` object of the JSON document, and of the audit row.
    pub fn to_json(&self) -> Value {
        json!({
            "code": self.code,
            "kind": self.kind.name(),
            "reason": self.reason(),
            "message": self.message,
            "detail": self.detail,
            "hint": self.hint,
            "sqlstate": self.sqlstate,
            "retryable": self.retryable,
            "exit_code": self.exit_code(),
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// Gives an I/O error a place: `fs::read(p).at(|| format!("cannot read {}", p.display()))?`.
pub trait At<T> {
    fn at(self, what: impl FnOnce() -> String) -> Result<T>;
}

impl<T> At<T> for std::io::Result<T> {
    fn at(self, what: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|cause| {
            let kind = match cause.kind() {
                std::io::ErrorKind::NotFound => Kind::NotFound,
                std::io::ErrorKind::PermissionDenied => Kind::Permission,
                // Text that is no UTF-8.
                std::io::ErrorKind::InvalidData => Kind::Invalid,
                _ => Kind::Unexpected,
            };
            Failure::new(kind, format!("{}: {cause}", what()))
        })
    }
}
