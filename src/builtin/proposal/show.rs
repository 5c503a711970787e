//! `dot proposal show`: one proposal as a person wants to read it.

use serde_json::Value;

use crate::pipeline::hooks::{Builtin, Picture};
use crate::render::proposal;

pub struct Show;

impl Builtin for Show {
    fn name(&self) -> &'static str {
        "proposal.show"
    }

    fn draw(&self, data: &Value, picture: Picture) -> Option<String> {
        data["proposal"].is_string().then(|| proposal::show(data, picture.color))
    }
}
