//! Signed decisions: what counts, who can sign, what a superuser leaves behind, and that ssh-keygen agrees.

mod agent;
mod counts;
mod database;
mod forged;
mod keygen;
mod proofs;
mod signing;
