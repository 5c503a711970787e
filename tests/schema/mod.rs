//! JSON Schemas in the database: the standard's own suite, containment with ground truth, random schemas against another
//! implementation, and the life of event types.

mod containment;
mod drafts;
mod edits;
mod exhaust;
mod files;
mod formats;
mod fuzz;
mod nonschemas;
mod patterns;
mod suite;
mod types;
mod yardstick;
