//! JSON that is nested deeper than a parser takes it by default, and JSON in which nothing is said twice.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// [`serde_json::from_str`] without its bound of 128 levels; the stack grows as it is needed.
pub fn deep<'a, T: Deserialize<'a>>(text: &'a str) -> serde_json::Result<T> {
    let mut parser = serde_json::Deserializer::from_str(text);
    parser.disable_recursion_limit();
    let value = T::deserialize(serde_stacker::Deserializer::new(&mut parser))?;
    parser.end()?;
    Ok(value)
}

/// JSON in which an object has each member once (RFC 7493, 2.3): a map would keep the last of two, and say nothing.
pub fn strict<'a, T: Deserialize<'a>>(text: &'a str) -> serde_json::Result<T> {
    serde_json::from_str::<Unique>(text)?;
    serde_json::from_str(text)
}

/// Reads a document and keeps nothing of it but whether its members are unique.
struct Unique;

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Unique, D::Error> {
        deserializer.deserialize_any(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Unique;

    fn expecting(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        text.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Unique, A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if names.contains(&name) {
                return Err(A::Error::custom(format!("`{name}` is given twice")));
            }
            map.next_value::<Unique>()?;
            names.insert(name);
        }
        Ok(Unique)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Unique, A::Error> {
        while elements.next_element::<Unique>()?.is_some() {}
        Ok(Unique)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_str<E>(self, _: &str) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Unique, E> {
        Ok(Unique)
    }

    fn visit_unit<E>(self) -> Result<Unique, E> {
        Ok(Unique)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{deep, strict};

    #[test]
    fn a_member_is_given_once() {
        for good in
            [r#"{"a": 1.50, "b": {"a": [null, true, "x", -3, 1e400]}}"#, "[]", "12345678901234567890.10", r#""a""#]
        {
            assert_eq!(
                strict::<Value>(good).expect(good).to_string(),
                serde_json::from_str::<Value>(good).expect(good).to_string()
            );
        }
        for bad in [r#"{"a": 1, "a": 2}"#, r#"[{"x": {"a": 1, "b": 2, "\u0061": 3}}]"#] {
            let said = strict::<Value>(bad).expect_err(bad).to_string();
            assert!(said.starts_with("`a` is given twice at line 1"), "{said}");
        }
    }

    #[test]
    fn what_is_deep_is_read_to_the_last_digit() {
        let text = format!("{}12345678901234567890.10{}", "[".repeat(5000), "]".repeat(5000));
        assert_eq!(deep::<Value>(&text).expect("JSON").to_string(), text);
        assert!(deep::<Value>("[1] 2").is_err() && deep::<Value>("[1").is_err());
        // A part that is kept as it is written, too.
        let raw: Vec<Box<serde_json::value::RawValue>> = deep("[1.50, {\"a\": [1]}]").expect("JSON");
        assert_eq!(raw[0].get(), "1.50");
    }
}
