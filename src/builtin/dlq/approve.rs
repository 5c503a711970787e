//! `dot dlq approve`: asks why, where a person can answer. Elsewhere the database says what is missing.

use dialoguer::Input;
use serde_json::json;

use crate::database::Session;
use crate::pipeline::cancel::answered;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Program};
use crate::terminal;

pub struct Approve;

impl Builtin for Approve {
    fn name(&self) -> &'static str {
        "dlq.approve"
    }

    fn ask<'a>(&self, _: &'a mut Session, _: &'a Program, invocation: &'a mut Invocation) -> Work<'a, ()> {
        Box::pin(async move {
            if !invocation.args.contains_key("rationale") && terminal::may_prompt(&invocation.options) {
                let why = answered(Input::<String>::new().with_prompt("Why").interact_text())?;
                invocation.args.insert("rationale".to_owned(), json!(why));
            }
            Ok(())
        })
    }
}
