//! The arguments of a command: from text or JSON to typed values, whoever gives them.

pub mod input;
pub mod statements;
pub mod times;
pub mod values;

use serde_json::{Map, Value};

use crate::catalog::CommandSpec;
use crate::catalog::spec::ArgType;
use crate::failure::{Failure, Result};
use crate::settings::Zone;

/// Adds defaults and what the client itself supplies; a missing required argument is a usage error.
pub fn complete(spec: &CommandSpec, args: &mut Map<String, Value>, zone: &Zone) -> Result<()> {
    for arg in &spec.args {
        if let Some(fixed) = &arg.fixed {
            args.insert(arg.name.clone(), values::from_texts(arg, std::slice::from_ref(fixed), zone)?);
            continue;
        }
        if args.contains_key(&arg.name) {
            continue;
        }
        if arg.kind == ArgType::Catalog {
            args.insert(arg.name.clone(), Value::Null);
        } else if let Some(default) = &arg.default {
            args.insert(arg.name.clone(), values::from_texts(arg, std::slice::from_ref(default), zone)?);
        } else if arg.required {
            return Err(Failure::usage(format!("`dot {}` needs `{}`: {}", spec.code, arg.name, arg.help)));
        }
    }
    Ok(())
}
