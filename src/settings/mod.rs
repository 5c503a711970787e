//! Settings: flag > environment > project file > user file > default.

pub mod file;
pub mod options;
pub mod resolve;
pub mod target;
pub mod zone;

pub use options::Options;
pub use resolve::Settings;
pub use zone::Zone;
