//! Markdown as the platform sees it: a text, and the marks where it is cut into sections.

mod front_matter;
mod mark;
mod sections;

pub use mark::{Kind, Mark};
pub use sections::{MAX_NESTING, TooDeep, marks};
