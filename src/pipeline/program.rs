//! What every invocation of a process shares: the commands that there are, and the builtins that they name.

use super::hooks::{Builtin, Plain};
use crate::catalog::{Catalog, CommandSpec};
use crate::failure::{Failure, Result};

#[derive(Clone)]
pub struct Program {
    pub catalog: Catalog,
    builtins: &'static [&'static dyn Builtin],
}

impl Program {
    pub fn new(catalog: Catalog, builtins: &'static [&'static dyn Builtin]) -> Program {
        Program { catalog, builtins }
    }

    /// The builtin of a command, which may be that of those that name none.
    pub fn builtin(&self, spec: &CommandSpec) -> Result<&'static dyn Builtin> {
        let Some(name) = spec.builtin.as_ref().or(spec.hooks.as_ref()) else { return Ok(&Plain) };
        let found = self.builtins.iter().find(|builtin| builtin.name() == name);
        found.copied().ok_or_else(|| Failure::unexpected(format!("the program has no builtin `{name}`")))
    }
}
