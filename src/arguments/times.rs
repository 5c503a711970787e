//! The one parser of times: what a person or a program writes, as a point in time, or why it is none.

use jiff::Timestamp;
use jiff::civil::{DateTime, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use serde_json::{Map, Value};

use crate::catalog::CommandSpec;
use crate::catalog::spec::ArgType;
use crate::failure::{Failure, Result};
use crate::settings::Zone;

/// What such a value may be.
pub const WANTED: &str = "a time such as 2026-03-01T09:00:00Z, 2026-03-01 09:00, 2026-03-01 or now";

/// Seconds that PostgreSQL takes for no offset any more.
const WIDEST: i32 = 16 * 3600;

/// The point in time that `text` is. Without an offset it is of `zone`; a date alone is the beginning of its day.
pub fn instant(text: &str, zone: &Zone) -> Result<Timestamp> {
    if text == "now" {
        return Ok(Timestamp::now());
    }
    let none = || Failure::usage(format!("`{}` is not {WANTED}", text.chars().take(80).collect::<String>()));
    let pieces = Pieces::parse(text).map_err(|_| none())?;
    if pieces.date().year() < 1 {
        return Err(none().hint("Years begin with 0001."));
    }
    if pieces.to_numeric_offset().is_some_and(|offset| offset.seconds().abs() >= WIDEST) {
        return Err(none().hint("No place is so far from UTC."));
    }
    if names_a_leap_second(text) {
        return Err(Failure::usage(format!("`{text}` is a leap second, which PostgreSQL does not have"))
            .hint("Give the second before it, 59, or the one after it."));
    }
    let local = pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight()));
    let named = pieces.to_time_zone().map_err(|_| none())?;
    match (pieces.offset(), named) {
        (Some(_), None) => text.parse().map_err(|_| none()),
        // Both are given, and must agree.
        (Some(_), Some(_)) => text.parse::<jiff::Zoned>().map_or_else(
            |cause| Err(Failure::usage(format!("`{text}` contradicts itself: {cause}"))),
            |zoned| Ok(zoned.timestamp()),
        ),
        (None, Some(named)) => of_zone(text, local, pieces.time().is_none(), &named, "the zone it names"),
        (None, None) => of_zone(text, local, pieces.time().is_none(), zone.time_zone()?, &zone.to_string()),
    }
}

/// The one moment at which clocks of the zone show this.
fn of_zone(text: &str, local: DateTime, whole_day: bool, zone: &TimeZone, name: &str) -> Result<Timestamp> {
    let beyond = |_| Failure::usage(format!("`{text}` is not {WANTED}"));
    if whole_day {
        return zone.to_zoned(local).and_then(|time| time.start_of_day()).map(|day| day.timestamp()).map_err(beyond);
    }
    let choices = |before: Offset, after: Offset| format!("Give the offset: {local}{before} or {local}{after}");
    let moment = zone.to_ambiguous_timestamp(local);
    match moment.offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(local).map_err(beyond),
        AmbiguousOffset::Gap { before, after } => Err(Failure::usage(format!(
            "`{text}` does not exist in {name}: clocks go from {before} to {after} and leave it out"
        ))
        .hint(choices(before, after))),
        AmbiguousOffset::Fold { before, after } => {
            Err(Failure::usage(format!("`{text}` is there twice in {name}: clocks go back from {before} to {after}"))
                .hint(choices(before, after)))
        }
    }
}

/// The library takes second 60 for 59.
fn names_a_leap_second(text: &str) -> bool {
    let Some(at) = text.find(['T', 't', ' ']) else { return false };
    let time = text[at + 1..].split(['Z', 'z', '+', '-', '.', ',', '[']).next().unwrap_or_default();
    let digits: String = time.chars().filter(char::is_ascii_digit).collect();
    digits.get(4..6) == Some("60")
}

/// How the times among the arguments were understood, by the name of each: RFC 3339 with the offset of `zone`.
pub fn understood(spec: &CommandSpec, args: &Map<String, Value>, zone: &Zone) -> Map<String, Value> {
    let times = spec.args.iter().filter(|arg| matches!(arg.kind, ArgType::Timestamptz | ArgType::Moment));
    let shown = times.filter_map(|arg| {
        let time = args.get(&arg.name)?.as_str()?.parse::<Timestamp>().ok()?;
        let offset = zone.time_zone().map_or(Offset::UTC, |zone| zone.to_offset(time));
        Some((arg.name.clone(), Value::from(time.display_with_offset(offset).to_string())))
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_zone(text: &str, zone: &str) -> std::result::Result<String, String> {
        let zone = Zone::named(zone, "a test").expect("a zone");
        let told = |failure: Failure| format!("{} {}", failure.message, failure.hint.unwrap_or_default());
        instant(text, &zone).map(|time| time.to_string()).map_err(told)
    }

    #[test]
    fn a_time_is_where_it_says_and_else_in_the_zone() {
        for (text, expected) in [
            ("2026-12-01T10:00:00Z", "2026-12-01T10:00:00Z"),
            ("2026-12-01 10:00:00+01:00", "2026-12-01T09:00:00Z"),
            ("2026-12-01 10:00:00+00", "2026-12-01T10:00:00Z"),
            ("2026-12-01T10:00:00.5-05:00", "2026-12-01T15:00:00.5Z"),
            ("2026-12-01T10:00[America/New_York]", "2026-12-01T15:00:00Z"),
            ("2026-12-01T10:00-05:00[America/New_York]", "2026-12-01T15:00:00Z"),
            ("2026-12-01 10:00", "2026-12-01T09:00:00Z"),
            ("2026-12-01T10:00:30", "2026-12-01T09:00:30Z"),
            ("2026-12-01", "2026-11-30T23:00:00Z"),
            ("2026-07-01 10:00", "2026-07-01T08:00:00Z"),
            ("0001-01-02", "0001-01-01T23:50:39Z"),
        ] {
            assert_eq!(in_zone(text, "Europe/Paris").as_deref(), Ok(expected), "{text}");
        }
        assert_eq!(in_zone("2026-12-01 10:00", "+05:45").as_deref(), Ok("2026-12-01T04:15:00Z"));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            " ",
            "10:00",
            "yesterday",
            "tomorrow",
            "2026-13-01",
            "2026-02-30",
            "01.12.2026",
            "12/01/2026",
            "1764583200",
            "2026-12-01 10:00 Uhr",
            "2026-12-01 10:00 +01:00",
            "2026-12-01T24:00",
            "2026-12-01 24:00:00Z",
            "10000-01-01",
            "+010000-01-01T00:00:00Z",
            "-000001-01-01",
            "2026-12-01 10:60",
            "2026-12-01 10:00\n",
            "-1h",
            "NaN",
            "2026-12-01 10:00[Mars/Base]",
            "infinity",
            "2026-12-01T10:00+25:00",
        ] {
            let refused = in_zone(text, "Europe/Paris");
            assert!(refused.as_ref().is_err_and(|why| why.contains("is not a time such as")), "{text:?}: {refused:?}");
        }
        for text in ["2016-12-31T23:59:60Z", "2016-12-31 23:59:60", "2016-12-31T235960Z", "2016-12-31t23:59:60.5+01:00"]
        {
            assert!(in_zone(text, "UTC").is_err_and(|why| why.contains("is a leap second")), "{text}");
        }
        let contradiction = in_zone("2026-12-01T10:00+02:00[Europe/Paris]", "UTC");
        assert!(contradiction.is_err_and(|why| why.contains("contradicts itself")));
    }

    /// In six zones: a local time that the night in spring leaves out, and one that the night in autumn has twice, each with
    /// the offsets before and after; and just around them.
    #[test]
    fn a_time_that_is_not_or_is_twice_is_refused_with_both_offsets() {
        for (zone, gap, fold, summer, winter) in [
            ("Europe/Paris", "2026-03-29 02:30", "2026-10-25 02:30", "+02", "+01"),
            ("America/New_York", "2026-03-08 02:00", "2026-11-01 01:59:59", "-04", "-05"),
            ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-04-05 01:45", "+11", "+10:30"),
            ("America/St_Johns", "2026-03-08 02:59", "2026-11-01 01:00", "-02:30", "-03:30"),
            ("Pacific/Chatham", "2026-09-27 03:00", "2026-04-05 03:00", "+13:45", "+12:45"),
            ("America/Santiago", "2026-09-06 00:30", "2026-04-04 23:30", "-03", "-04"),
        ] {
            let why = in_zone(gap, zone).expect_err(gap);
            assert!(why.contains(&format!("does not exist in {zone}: clocks go from {winter} to {summer}")), "{why}");
            let local = gap.replace(' ', "T");
            assert!(why.contains(&local) && why.contains(summer) && why.contains(winter), "{why}");
            let why = in_zone(fold, zone).expect_err(fold);
            assert!(
                why.contains(&format!("is there twice in {zone}: clocks go back from {summer} to {winter}")),
                "{why}"
            );
            // With its offset, either is a time of its own.
            let times = [summer, winter].map(|offset| in_zone(&format!("{fold}{offset}"), zone).expect("a time"));
            assert_ne!(times[0], times[1]);
            // Naming the zone in the text is no way around it.
            assert!(in_zone(&format!("{fold}[{zone}]"), "UTC").is_err());
            // The day before at the same hour, there is no doubt.
            for text in [gap, fold] {
                let date: jiff::civil::Date = text[..10].parse().expect("a date");
                let before = format!("{}{}", date.yesterday().expect("a day"), &text[10..]);
                in_zone(&before, zone).expect(&before);
            }
        }
        // A day begins, whatever clocks do at midnight.
        assert_eq!(in_zone("2026-09-06", "America/Santiago").as_deref(), Ok("2026-09-06T04:00:00Z"));
    }
}
