//! The local cluster under a newer PostgreSQL major: a dump of the old one, restored into one that is made beside it.
//!
//! In the order of what happens: [`need`] (what is there, and what it would become), [`clients`] (the programs of the new
//! major that dump and restore), [`quiet`] (nobody is at work, and all of it can be dumped), [`work`] (the folder and the two
//! servers), [`identity`] (it stays the same database to whoever knows it), [`transfer`] (dump and restore), [`compare`] (all
//! of it is there), [`switch`] (the renames by which the new one takes the place, and the way back), [`run`] (all of it).
//!
//! Everything happens under the one lock of the state folder. Until the first rename nothing of the old cluster is touched.

mod clients;
mod compare;
mod identity;
mod locale;
mod need;
mod quiet;
mod run;
mod session;
mod switch;
mod transfer;
mod work;

pub use need::{Need, needed, plan};
pub use run::{Began, Done, Upgrade, begin};
pub use switch::{Kept, kept, nothing_kept, remove_kept, revert};

pub(super) use need::{advise, refuse};
pub(super) use switch::{BEFORE, recover};
