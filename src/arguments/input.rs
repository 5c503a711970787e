//! `--input`: all arguments as one JSON object.

use serde_json::{Map, Value};

use super::values;
use crate::catalog::CommandSpec;
use crate::failure::{Failure, Result};
use crate::settings::Zone;

/// The arguments of `spec` from `-`, `@file` or JSON text. Names may be written with hyphens or underscores.
pub fn arguments(spec: &CommandSpec, input: &str, zone: &Zone) -> Result<Map<String, Value>> {
    let text = values::content(input)?;
    let given: Map<String, Value> = serde_json::from_str(&text).map_err(|cause| {
        Failure::usage(format!("--input is not a JSON object: {cause}"))
            .hint("For example: --input '{\"name\": \"value\"}'")
    })?;
    let mut args = Map::new();
    for (name, value) in given {
        let wanted = name.replace('_', "-");
        let arg = spec.args.iter().find(|arg| arg.name == wanted && arg.is_given()).ok_or_else(|| {
            Failure::usage(format!("--input: `{name}` is not an argument of `{}`", spec.code))
                .hint(format!("dot catalog describe {} shows them.", spec.code))
        })?;
        if !value.is_null() {
            args.insert(arg.name.clone(), values::from_json(arg, value, zone)?);
        }
    }
    Ok(args)
}
