//! `dot run show`: one run as a person wants to read it; with `--verbose`, all that is kept of it.

use serde_json::Value;

use crate::pipeline::hooks::{Builtin, Picture};
use crate::render;

pub struct Show;

impl Builtin for Show {
    fn name(&self) -> &'static str {
        "run.show"
    }

    fn draw(&self, data: &Value, picture: Picture) -> Option<String> {
        (!picture.verbose).then(|| render::run::show(data, picture.color))
    }
}
