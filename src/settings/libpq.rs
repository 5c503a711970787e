//! What libpq's variables ask for, and this program would not do: an error, where libpq would make one, or do it.
//!
//! The variables themselves are read by sqlx, which passes over values that it cannot read as if they were not there.

use sqlx::postgres::PgSslMode;

use super::resolve::env_text;
use super::target::Place;
use crate::failure::{Failure, Result};

/// Demands that nothing here meets, with the values that demand nothing.
const UNMET: [(&str, &[&str]); 6] = [
    ("PGSERVICE", &[]),
    ("PGTARGETSESSIONATTRS", &["any"]),
    ("PGCHANNELBINDING", &["prefer", "disable"]),
    ("PGGSSENCMODE", &["prefer", "disable"]),
    ("PGREQUIREAUTH", &[]),
    ("PGREQUIREPEER", &[]),
];

/// Checks the variables that bear on how this place is reached.
pub fn check(place: &Place) -> Result<()> {
    let named = match place {
        Place::Local => return Ok(()),
        Place::Url(_) => false,
        Place::Libpq => true,
    };
    let bad = |name: &str, value: &str, wanted: &str| Failure::usage(format!("{name}: `{value}` is not {wanted}"));
    if let Some(mode) = env_text("PGSSLMODE").filter(|mode| mode.parse::<PgSslMode>().is_err()) {
        let modes = "one of disable, allow, prefer, require, verify-ca, verify-full";
        return Err(bad("PGSSLMODE", &mode, modes).hint("Correct it, or take it out of the environment."));
    }
    if let Some(port) = env_text("PGPORT").filter(|port| named && !port.parse::<u16>().is_ok_and(|port| port > 0)) {
        return Err(bad("PGPORT", &port, "a port").hint("Correct it, or take it out of the environment."));
    }
    for (name, harmless) in UNMET {
        // A service is where to go; where that is said otherwise, it says nothing more.
        let bears = named || name != "PGSERVICE";
        if let Some(value) = env_text(name).filter(|value| bears && !harmless.contains(&value.as_str())) {
            return Err(Failure::usage(format!("{name} is `{value}`, which this program cannot do")).hint(
                "Take it out of the environment, and say where to connect with --database-url or a context: dot context add",
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_those_of_libpq() {
        for mode in ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] {
            assert!(mode.parse::<PgSslMode>().is_ok(), "{mode}");
        }
        assert!("verify_full".parse::<PgSslMode>().is_err());
    }
}
