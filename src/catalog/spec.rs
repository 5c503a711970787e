//! The command file: its types and the rules that hold for one file alone.
//!
//! `build.rs` includes this module to validate `commands/`, and the program uses it for extra commands from a directory
//! or from the database, so that one set of rules judges them all.

use serde::{Deserialize, Serialize};

pub use super::arg_type::ArgType;
pub use super::duty::Duty;
use super::shared;

/// A command, as `commands/<group>/<verb>.toml` declares it. `code` is the path: `commands/dlq/replay.toml` is `dlq replay`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct CommandSpec {
    /// The words that invoke it, separated by one space. Comes from the file's path.
    #[serde(default)]
    pub code: String,
    /// One line, imperative, no full stop.
    pub summary: String,
    #[serde(default)]
    pub description: String,
    /// The PostgreSQL function in schema `dot`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
    /// The client's own operation, for what cannot be a PostgreSQL function.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub builtin: Option<String>,
    /// What the client does around the function: a builtin, as [`CommandSpec::builtin`] names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hooks: Option<String>,
    /// What the platform's own rules know the command by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duties: Vec<Duty>,
    /// Further functions in schema `dot`, granted to the command's roles as its `function` is: those that its builtin or the
    /// process it hosts calls, and those that programs call in transactions of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<String>,
    pub mutating: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk: Option<Risk>,
    /// The setting of type bool that must be open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<String>,
    /// The read command that verifies this mutation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<String>,
    /// The command that takes this one back; the outcome carries its arguments under `inverse`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inverse: Option<String>,
    /// `required`: it is done for real only by a run that carries an approved proposal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
    #[serde(default)]
    pub idempotency: Idempotency,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idempotency_reason: Option<String>,
    /// The rule or document the command answers to.
    #[serde(default)]
    pub authority: String,
    /// Codes of `catalog/errors/` that it may raise.
    #[serde(default)]
    pub errors: Vec<String>,
    /// Database roles that may run it; empty means the default for its kind (see [`CommandSpec::roles`]).
    #[serde(default)]
    pub roles: Vec<String>,
    /// The column that pages a long list: the function then also takes `p_after text, p_limit int`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paged: Option<String>,
    /// The field of the result object that a person wants as it is, for example rendered Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// True for a builtin that acts on this machine only and never on the platform: it has no audit row and no dry run.
    #[serde(default)]
    pub local: bool,
    /// False for a read that must leave no trace at all.
    #[serde(default = "yes")]
    pub audited: bool,
    #[serde(default)]
    pub args: Vec<ArgSpec>,
    #[serde(default)]
    pub columns: Vec<ColumnSpec>,
    /// For one object: the order in which a person sees its members; others come after them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// For one object: what a person sees of the lists in it, by the names that they have.
    #[serde(default)]
    pub list_columns: Vec<ColumnSpec>,
    /// For one object: the list in it that csv and jsonl print row by row, and whose members `--fields` picks too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<String>,
    #[serde(default)]
    pub examples: Vec<ExampleSpec>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ArgSpec {
    /// The flag (`--name`), or the placeholder of a positional argument.
    pub name: String,
    #[serde(rename = "type")]
    pub kind: ArgType,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub positional: bool,
    #[serde(default)]
    pub repeated: bool,
    #[serde(default)]
    pub secret: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The least whole number; 0 where the file says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// The one value that it always has: no caller gives it, and there is no flag for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<String>,
    /// The parameter of the function, which has the argument's name where the file says nothing ([`CommandSpec::settle`]).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
    /// For the client alone, beside a function: what the hosted process works by.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub client: bool,
    pub help: String,
    /// The values of an `enum`; the words that a `moment` may be.
    #[serde(default)]
    pub values: Vec<String>,
    /// For ids: what kind of thing it names. A unique prefix of one is then as good as the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<Named>,
    /// A query whose first column completes values; a second column describes them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complete: Option<String>,
    /// For documents: the parameter that gets their bodies as one text, which the server takes in faster than JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bodies_param: Option<String>,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSpec {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default)]
    pub align: Align,
    #[serde(default)]
    pub format: Format,
}

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleSpec {
    pub argv: String,
    pub shows: String,
}

/// What an id names; `dot.fn_id_resolve` knows its table.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Named {
    Run,
    Proposal,
    Worker,
    Batch,
    ReplayRequest,
    Unit,
    Cut,
}

impl Named {
    pub const ALL: [Named; 7] =
        [Named::Run, Named::Proposal, Named::Worker, Named::Batch, Named::ReplayRequest, Named::Unit, Named::Cut];

    /// As the command file and the database call it.
    pub const fn name(self) -> &'static str {
        match self {
            Named::Run => "run",
            Named::Proposal => "proposal",
            Named::Worker => "worker",
            Named::Batch => "batch",
            Named::ReplayRequest => "replay_request",
            Named::Unit => "unit",
            Named::Cut => "cut",
        }
    }
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    Low,
    High,
    Critical,
}

#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    Required,
}

/// What a repeated request does.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Idempotency {
    /// Under the caller's key it returns the first outcome; without one it is another request.
    Key,
    /// The same, and without a key doing it twice is doing it once.
    #[default]
    Natural,
    /// Each request is another one: a key is refused, so that nobody relies on it. `idempotency_reason` says why.
    None,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    #[default]
    Left,
    Right,
}

/// How a column is made readable for a person; other outputs carry the plain value.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    #[default]
    Text,
    Id,
    Age,
    Bytes,
    State,
    /// Whether a gate is open, which is well.
    Gate,
    /// A state that says how well something is: where a row is red, the command exits with 3.
    Health,
}

fn yes() -> bool {
    true
}

impl ArgSpec {
    /// Whether a caller may give it.
    pub fn is_given(&self) -> bool {
        self.kind != ArgType::Catalog && self.fixed.is_none()
    }

    /// An argument of which only the name and the type matter.
    pub fn plain(name: &str, kind: ArgType) -> ArgSpec {
        ArgSpec {
            name: name.to_owned(),
            kind,
            required: false,
            positional: false,
            repeated: false,
            secret: false,
            default: None,
            min: None,
            fixed: None,
            param: None,
            client: false,
            help: String::new(),
            values: Vec::new(),
            names: None,
            complete: None,
            bodies_param: None,
        }
    }
}

impl CommandSpec {
    /// Fills in what the file leaves out: arguments of a function that name no parameter are parameters of the same name.
    pub fn settle(&mut self) {
        if self.function.is_some() {
            for arg in self.args.iter_mut().filter(|arg| !arg.client) {
                arg.param.get_or_insert_with(|| format!("p_{}", arg.name.replace('-', "_")));
            }
        }
    }

    /// The roles that may run it: as declared, else `dot_reader` for reads and `dot_operator` for mutations.
    pub fn roles(&self) -> Vec<String> {
        match (self.roles.is_empty(), self.mutating) {
            (false, _) => self.roles.clone(),
            (true, true) => vec!["dot_operator".to_owned()],
            (true, false) => vec!["dot_reader".to_owned()],
        }
    }

    /// True when the result is a list of rows rather than one object.
    pub fn returns_rows(&self) -> bool {
        !self.mutating && !self.columns.is_empty()
    }

    /// The function with its schema, which is `dot` unless the file names another.
    pub fn qualified_function(&self) -> Option<String> {
        self.function.as_ref().map(|name| if name.contains('.') { name.clone() } else { format!("dot.{name}") })
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.code.split(' ')
    }

    /// Whether a value of an argument may be a time.
    pub fn takes_times(&self) -> bool {
        self.args.iter().any(|arg| arg.is_given() && matches!(arg.kind, ArgType::Timestamptz | ArgType::Moment))
    }

    /// Whether it acts on this machine alone and is confirmed.
    pub fn is_asked_here(&self) -> bool {
        self.mutating && self.local && self.risk > Some(Risk::Low)
    }

    /// The options that this command has beside its own arguments, which none of those may take the place of: `--dry-run` must
    /// never be what a file says it is. A builtin may give `--input` another meaning.
    pub fn shared_options(&self) -> impl Iterator<Item = &'static str> {
        let of_its_kind: &[&str] = match (self.mutating && !self.local, self.returns_rows()) {
            (true, _) => &shared::MUTATION,
            (_, true) => &shared::LIST,
            _ if self.is_asked_here() => &shared::ASKED,
            _ => &[],
        };
        let of_times: &[&str] = if self.takes_times() { &shared::TIMES } else { &[] };
        let input = self.builtin.is_none().then_some("input");
        shared::GLOBAL.iter().chain(of_its_kind).chain(of_times).copied().chain(input)
    }

    /// Everything wrong with this file by itself, one sentence each; empty when it is sound.
    pub fn problems(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut check = |sound: bool, problem: String| {
            if !sound {
                found.push(problem);
            }
        };
        check(
            !self.code.is_empty() && self.code.split(' ').all(is_word),
            format!("`{}` is not made of lower-case words", self.code),
        );
        check(!self.summary.is_empty(), "summary is empty".into());
        check(!self.summary.ends_with('.'), "summary ends with a full stop".into());
        check(self.function.is_some() != self.builtin.is_some(), "needs exactly one of function and builtin".into());
        if let Some(function) = &self.function {
            check(
                function.split('.').count() <= 2 && function.split('.').all(is_identifier),
                format!("function `{function}` is not of the form fn_name or schema.name"),
            );
        }
        check(!self.local || self.builtin.is_some(), "only a builtin can be local".into());
        check(
            self.hooks.is_none() || self.function.is_some(),
            "hooks go with a function; without one there is the builtin".into(),
        );
        for (at, duty) in self.duties.iter().enumerate() {
            check(!self.duties[..at].contains(duty), format!("duty {duty:?} stands twice"));
            check(duty.is_of_reads() != self.mutating, format!("duty {duty:?} is of the other kind of command"));
        }
        for function in &self.grants {
            check(is_identifier(function), format!("grants: `{function}` is not of the form fn_name"));
        }
        check(!self.local || self.approval.is_none(), "what is local cannot be approved".into());
        if self.mutating {
            check(self.risk.is_some(), "a mutating command needs a risk".into());
            check(self.pair.is_some(), "a mutating command needs a pair, the read command that verifies it".into());
            check(self.columns.is_empty(), "a mutating command returns one object and has no columns".into());
        } else {
            check(self.risk.is_none(), "risk is for mutating commands".into());
            check(self.pair.is_none(), "pair is for mutating commands".into());
            check(self.inverse.is_none(), "inverse is for mutating commands".into());
            check(self.approval.is_none(), "approval is for mutating commands".into());
        }
        check(
            (self.idempotency == Idempotency::None) == self.idempotency_reason.is_some(),
            "idempotency_reason goes with idempotency = \"none\", and only with it".into(),
        );
        check(
            self.paged.as_ref().is_none_or(|by| self.columns.iter().any(|c| &c.name == by)),
            "paged must name one of the columns".into(),
        );
        check(self.fields.is_empty() || self.columns.is_empty(), "fields are of one object, columns of rows".into());
        check(!self.examples.is_empty(), "needs at least one example".into());
        for example in &self.examples {
            let line = format!("dot {}", self.code);
            check(
                example.argv == line || example.argv.starts_with(&format!("{line} ")),
                format!("example `{}` does not start with `{line}`", example.argv),
            );
        }
        let mut optional_positional = false;
        for arg in &self.args {
            let name = &arg.name;
            check(is_word(name), format!("argument `{name}` is not a lower-case word"));
            check(
                arg.positional || !arg.is_given() || !self.shared_options().any(|shared| shared == name),
                format!("argument `{name}`: --{name} is an option of every such command"),
            );
            check(
                self.args.iter().filter(|other| &other.name == name).count() == 1,
                format!("argument `{name}` stands twice"),
            );
            check(
                arg.param.is_none() || (self.function.is_some() && !arg.client),
                format!("argument `{name}`: param is for what a function takes"),
            );
            check(!arg.client || self.hooks.is_some(), format!("argument `{name}`: client is for commands with hooks"));
            check(
                arg.param.as_ref().is_none_or(|p| p.starts_with("p_")),
                format!("argument `{name}`: param must start with p_"),
            );
            check(
                matches!(arg.kind, ArgType::Enum | ArgType::Moment) != arg.values.is_empty(),
                format!("argument `{name}`: values go with types enum and moment, and only with them"),
            );
            check(!(arg.required && arg.default.is_some()), format!("argument `{name}` is required and has a default"));
            check(
                arg.fixed.is_none()
                    || !(arg.required || arg.positional || arg.default.is_some() || arg.kind == ArgType::Catalog),
                format!("argument `{name}` is fixed, so nobody gives it"),
            );
            check(
                !arg.repeated || arg.kind.is_array() || arg.kind == ArgType::Documents,
                format!("argument `{name}`: only arrays and documents can be repeated"),
            );
            check(
                arg.bodies_param.is_none() || arg.kind == ArgType::Documents,
                format!("argument `{name}`: bodies_param is for documents"),
            );
            check(
                arg.names.is_none() || arg.kind.element() == ArgType::Uuid,
                format!("argument `{name}`: names is for ids"),
            );
            check(!(arg.positional && arg.kind == ArgType::Bool), format!("argument `{name}`: a bool is a flag"));
            if arg.positional {
                check(
                    !(arg.required && optional_positional),
                    format!("argument `{name}` is required but follows an optional one"),
                );
                optional_positional |= !arg.required;
            }
        }
        found
    }
}

/// A plain SQL identifier, which needs no quotes.
fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// A command word or an argument name: lower-case letters, digits and inner hyphens.
fn is_word(word: &str) -> bool {
    let mut bytes = word.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_lowercase())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !word.ends_with('-')
}
