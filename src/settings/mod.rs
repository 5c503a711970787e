//! Settings: flag > environment > project file > user file > default.

pub mod file;
pub mod resolve;
pub mod target;

pub use resolve::Settings;
