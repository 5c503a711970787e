//! The time zone of times that name none.

use std::fmt;

use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::TimeZone;

use crate::failure::{Failure, Result};

/// A zone, or what the machine calls its own and nobody knows.
#[derive(Clone, Debug)]
pub struct Zone {
    name: String,
    zone: Option<TimeZone>,
}

impl Zone {
    /// The zone of this name: IANA's, or an offset such as +07:00.
    pub fn named(name: &str, source: &str) -> Result<Zone> {
        // A POSIX string counts its hours the other way round: UTC+7 is seven hours behind. Nobody means that.
        let zone = DateTimeParser::new().parse_time_zone(name).ok();
        let zone = zone.filter(|zone| zone.iana_name().is_some() || zone.to_fixed_offset().is_ok());
        let zone = zone.ok_or_else(|| {
            Failure::usage(format!("zone `{name}` ({source}) is not a known time zone"))
                .hint("For example: Europe/Paris, Asia/Ho_Chi_Minh, UTC or +07:00")
        })?;
        Ok(Zone { name: name.to_owned(), zone: Some(zone) })
    }

    /// The machine's. One that names none, as a bare container, has UTC; one that is misconfigured has none that is known.
    pub fn machine() -> Zone {
        let said = std::env::var("TZ").ok().filter(|name| !name.is_empty());
        let zone = match (TimeZone::try_system(), &said) {
            (Ok(zone), _) if !zone.is_unknown() => Some(zone),
            (_, None) => Some(TimeZone::UTC),
            _ => None,
        };
        let name = zone.as_ref().and_then(|zone| zone.iana_name().map(str::to_owned));
        Zone { name: name.or(said).unwrap_or_else(|| "the machine's time zone".to_owned()), zone }
    }

    pub fn time_zone(&self) -> Result<&TimeZone> {
        self.zone.as_ref().ok_or_else(|| {
            Failure::usage(format!("the machine's time zone (TZ={}) is not known", self.name)).hint(
                "Name one: --zone Europe/Paris, DOT_ZONE, or zone in the settings file. Or give the time its offset.",
            )
        })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    /// A machine may have no data of zones: they are in the program.
    #[test]
    fn the_data_of_zones_is_in_the_program() {
        let zones = jiff::tz::TimeZoneDatabase::bundled();
        for name in ["Europe/Paris", "America/New_York", "Asia/Ho_Chi_Minh", "Australia/Lord_Howe"] {
            assert!(zones.get(name).is_ok(), "{name}");
        }
    }
}
