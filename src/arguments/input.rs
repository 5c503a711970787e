//! `--input`: all arguments as one JSON object.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::values;
use crate::catalog::CommandSpec;
use crate::failure::{Failure, Result};
use crate::settings::Zone;

/// The arguments of `spec` from `-`, `@file` or JSON text. Names may be written with hyphens or underscores.
pub fn arguments(spec: &CommandSpec, input: &str, zone: &Zone) -> Result<Map<String, Value>> {
    let text = values::content(input)?;
    let Members(given) = crate::json::strict(&text).map_err(|cause| {
        Failure::usage(format!("--input is not a JSON object: {cause}"))
            .hint("For example: --input '{\"name\": \"value\"}'")
    })?;
    let mut args = Map::new();
    let mut named = HashSet::new();
    for (name, value) in given {
        let wanted = name.replace('_', "-");
        let arg = spec.args.iter().find(|arg| arg.name == wanted && arg.is_given()).ok_or_else(|| {
            Failure::usage(format!("--input: `{name}` is not an argument of `{}`", spec.code))
                .hint(format!("dot catalog describe {} shows them.", spec.code))
        })?;
        // Which of the two is meant is not for us to say.
        if !named.insert(arg.name.clone()) {
            return Err(Failure::usage(format!("--input: `{name}` is given twice")));
        }
        if !value.is_null() {
            args.insert(arg.name.clone(), values::from_json(arg, value, zone)?);
        }
    }
    Ok(args)
}

/// The members of an object as they are written: a map would keep one of two that are named alike.
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Members, D::Error> {
        struct Each;

        impl<'de> Visitor<'de> for Each {
            type Value = Members;

            fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
                to.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Each)
    }
}
