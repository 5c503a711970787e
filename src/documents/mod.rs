//! Documents on disk, read for an import: which files the caller meant, and each with its text and marks or with the
//! reason why it cannot be imported.

mod apart;
mod given;
mod load;
mod name;
mod read;
mod verdict;
mod walk;

pub use apart::apart;
pub use given::given;
pub use load::load;
pub use read::parse;
pub use verdict::Reason;
