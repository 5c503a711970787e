//! A command described for a program: its arguments as JSON Schema (Draft 2020-12), and the schema of the file format.

use serde_json::{Map, Value, json};

use super::Entry;
use super::embedded;
use super::spec::{ArgSpec, ArgType};
use crate::failure::{Failure, Kind, Result};

static COMMAND_FILE: &str = include_str!("command_file.schema.json");
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Everything about a command: argument schema, output, errors, exit codes, governance, examples.
pub fn describe(entry: &Entry) -> Result<Value> {
    let spec = &entry.spec;
    let content = embedded::content()?;
    let errors: Vec<Value> = spec
        .errors
        .iter()
        .map(|code| {
            let declared = &content["errors"][code];
            let exit = declared["kind"].as_str().and_then(Kind::from_name).map(Kind::exit_code);
            json!({ "code": code, "kind": declared["kind"], "exit_code": exit, "title": declared["title"] })
        })
        .collect();
    Ok(json!({
        "command": spec.code,
        "summary": spec.summary,
        "description": spec.description,
        "function": spec.qualified_function(),
        "builtin": spec.builtin,
        "mutating": spec.mutating,
        "risk": spec.risk,
        "gate": spec.gate,
        "approval": spec.approval,
        "roles": spec.roles(),
        "pair": spec.pair,
        "inverse": spec.inverse,
        "idempotency": spec.idempotency,
        "authority": spec.authority,
        "arguments": arguments(&spec.args)?,
        "returns": if spec.returns_rows() { "rows" } else { "object" },
        "columns": spec.columns.iter().map(|column| &column.name).collect::<Vec<_>>(),
        "paged_by": spec.paged,
        "errors": errors,
        "exit_codes": exit_codes(),
        "examples": spec.examples,
        "source": entry.source,
        "digest": entry.digest,
    }))
}

/// The exit codes every command shares: `{"0": "done", "2": "usage", …}`.
fn exit_codes() -> Value {
    let mut codes = Map::new();
    codes.insert("0".to_owned(), json!("done"));
    for kind in Kind::ALL {
        codes.insert(kind.exit_code().to_string(), json!(kind.name()));
    }
    Value::Object(codes)
}

/// The object that `--input` takes.
fn arguments(args: &[ArgSpec]) -> Result<Value> {
    let given: Vec<&ArgSpec> = args.iter().filter(|arg| arg.is_given()).collect();
    let properties = given.iter().map(|arg| Ok((arg.name.clone(), argument(arg)?))).collect::<Result<Map<_, _>>>()?;
    Ok(json!({
        "$schema": DRAFT,
        "type": "object",
        "properties": properties,
        "required": given.iter().filter(|arg| arg.required).map(|arg| &arg.name).collect::<Vec<_>>(),
        "additionalProperties": false,
    }))
}

fn argument(arg: &ArgSpec) -> Result<Value> {
    let element = match arg.kind {
        ArgType::Enum => json!({ "enum": arg.values }),
        ArgType::Moment => {
            json!({ "anyOf": [{ "enum": arg.values }, { "type": "string", "format": "date-time" }] })
        }
        kind => serde_json::from_str(kind.element().json_schema())
            .map_err(|cause| Failure::unexpected(format!("the schema of type {kind:?}: {cause}")))?,
    };
    let mut schema = if arg.kind.is_array() { json!({ "type": "array", "items": element }) } else { element };
    schema["description"] = json!(arg.help);
    if matches!(arg.kind, ArgType::Int | ArgType::Bigint) {
        schema["minimum"] = json!(arg.min.unwrap_or(0));
    }
    if let Some(default) = &arg.default {
        schema["default"] = json!(default);
    }
    Ok(schema)
}

/// The JSON Schema of a command file, for editors and for `dot catalog schema`.
pub fn command_file() -> Result<Value> {
    serde_json::from_str(COMMAND_FILE)
        .map_err(|cause| Failure::unexpected(format!("the schema of command files: {cause}")))
}
