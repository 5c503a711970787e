//! The `render` executor: a template and a payload make a text.

use minijinja::{Environment, UndefinedBehavior};
use serde_json::{Value, json};

use super::claim::End;
use super::numbers::Written;
use super::work::misconfigured;

/// The most a template may compute before it is given up.
const FUEL: u64 = 1_000_000;

/// `target.template` in the syntax of Jinja, with the payload's members as variables; one that is missing is an error.
pub fn render(target: &Value, payload: &Value) -> End {
    let Some(template) = target["template"].as_str() else {
        return misconfigured("the kind has no template");
    };
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    let mut written = Written::default();
    let rendered = written.variables(payload).and_then(|variables| {
        written.shown_by(&mut environment);
        environment.render_str(template, variables).map_err(|cause| cause.to_string())
    });
    match rendered {
        Ok(text) => End::Succeeded(Some(json!({ "text": text }))),
        Err(cause) => End::Failed(
            "invalid_input".to_owned(),
            json!({ "message": format!("the template cannot be rendered: {cause}") }),
        ),
    }
}
