//! What a hostile login with psql tries, and what comes of it.

mod isolation;
mod leases;
mod listed;
mod locks;
mod log;
mod login;
mod objects;
mod roles;
mod settings;
mod texts;
