//! Refusals: data that the database's functions return, `{refused: true, code, reason, message, hint, …}`.

use serde_json::Value;

use crate::database::errors::kind_of;
use crate::failure::Failure;

/// The failure that a refusal object means, if `answer` is one.
pub fn refusal(answer: &Value) -> Option<Failure> {
    if answer["refused"] != true {
        return None;
    }
    let text = |key: &str| answer[key].as_str().map(str::to_owned);
    let code = text("code").unwrap_or_else(|| "DT409".to_owned());
    let message = text("message").or_else(|| text("reason")).unwrap_or_else(|| "refused".to_owned());
    let mut failure = Failure::new(kind_of(&code), message).code(&code).detail(answer.clone());
    failure.hint = text("hint");
    Some(failure)
}
