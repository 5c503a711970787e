//! The numbers of a payload in a template, which computes with doubles: one that is only shown is shown as it was written.

use std::collections::BTreeMap;

use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, escape_formatter, filters};
use serde_json::{Number, Value as Json};
use uuid::Uuid;

use crate::decimal;

/// The doubles that do not look as what was written, with what was.
#[derive(Clone, Debug, Default)]
pub struct Written(BTreeMap<u64, String>);

impl Written {
    /// The payload as the variables of a template. Two numbers that are one double cannot both be shown: an error.
    pub fn variables(&mut self, payload: &Json) -> Result<Value, String> {
        Ok(match payload {
            Json::Null => Value::from(()),
            Json::Bool(flag) => Value::from(*flag),
            Json::String(text) => Value::from(text.as_str()),
            Json::Number(number) => self.number(number)?,
            Json::Array(items) => items.iter().map(|item| self.variables(item)).collect::<Result<Vec<_>, _>>()?.into(),
            Json::Object(members) => {
                let members = members.iter().map(|(name, member)| Ok((name.clone(), self.variables(member)?)));
                members.collect::<Result<BTreeMap<_, _>, String>>()?.into()
            }
        })
    }

    fn number(&mut self, number: &Number) -> Result<Value, String> {
        let text = number.as_str();
        if let Some(whole) = number.as_i128().filter(|whole| whole.to_string() == text) {
            return Ok(i64::try_from(whole).map_or_else(|_| Value::from(whole), Value::from));
        }
        let double = number.as_f64().ok_or_else(|| format!("a template cannot hold {text}: give it as text"))?;
        match self.0.insert(double.to_bits(), text.to_owned()) {
            Some(other) if !decimal::same(&other, text) => {
                return Err(format!("a template cannot tell {other} and {text} apart: give them as text"));
            }
            // Of the same value; the one with more zeros says no less.
            Some(other) if other.len() > text.len() => self.0.insert(double.to_bits(), other),
            _ => None,
        };
        Ok(Value::from(double))
    }

    /// What was written, where this is a number that came so from the payload.
    fn of(&self, value: &Value) -> Option<&String> {
        if value.kind() != ValueKind::Number || value.is_integer() {
            return None;
        }
        self.0.get(&f64::try_from(value.clone()).ok()?.to_bits())
    }

    /// Lets `{{ … }}` and the filters `string` and `tojson` show numbers as they were written.
    pub fn shown_by(self, environment: &mut Environment<'_>) {
        if self.0.is_empty() {
            return;
        }
        let known = self.clone();
        environment.set_formatter(move |out, state, value| match known.of(value) {
            Some(text) => out.write_str(text).map_err(Error::from),
            None => escape_formatter(out, state, value),
        });
        let known = self.clone();
        environment.add_filter("string", move |state: &minijinja::State<'_, '_>, value: &Value| {
            match known.of(value) {
                Some(text) => Ok(Value::from(text.as_str())),
                None => filters::string(state, value),
            }
        });
        environment.add_filter("tojson", move |value: &Value, indent: Option<Value>, args: Kwargs| {
            let word = Uuid::new_v4().simple().to_string();
            let quoted = format!("\"{word}\"");
            let mut numbers = Vec::new();
            let json = filters::tojson(&self.stand_in(value, &word, &mut numbers)?, indent, args)?.to_string();
            let mut parts = json.split(&quoted);
            let mut whole = parts.next().unwrap_or_default().to_owned();
            numbers.iter().zip(parts).for_each(|(number, rest)| whole.extend([number.as_str(), rest]));
            Ok::<_, Error>(Value::from_safe_string(whole))
        });
    }

    /// The value with a word for each number that was written in its own way, and those numbers in their order.
    fn stand_in(&self, value: &Value, word: &str, numbers: &mut Vec<String>) -> Result<Value, Error> {
        Ok(match value.kind() {
            ValueKind::Number => match self.of(value) {
                Some(text) => {
                    numbers.push(text.clone());
                    Value::from(word)
                }
                None => value.clone(),
            },
            ValueKind::Seq | ValueKind::Iterable => {
                let items = value.try_iter()?.map(|item| self.stand_in(&item, word, numbers));
                items.collect::<Result<Vec<_>, _>>()?.into()
            }
            ValueKind::Map => {
                let mut members = BTreeMap::new();
                for key in value.try_iter()? {
                    let member = self.stand_in(&value.get_item(&key)?, word, numbers)?;
                    members.insert(key, member);
                }
                Value::from(members)
            }
            _ => value.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(template: &str, payload: &str) -> Result<String, String> {
        let mut written = Written::default();
        let variables = written.variables(&serde_json::from_str(payload).expect("JSON"))?;
        let mut environment = Environment::new();
        written.shown_by(&mut environment);
        environment.render_str(template, variables).map_err(|cause| cause.to_string())
    }

    #[test]
    fn a_number_is_shown_as_it_was_written() {
        let payload = r#"{"a": 1.10, "b": 12345678901234567890.123456789, "c": 7, "d": [1e5, 0.1], "e": "x",
            "f": 99999999999999999999999999999999999999999, "g": -0, "h": 1.0}"#;
        for (template, expected) in [
            (
                "{{ a }} {{ b }} {{ c }} {{ d[0] }} {{ f }} {{ g }} {{ h }}",
                "1.10 12345678901234567890.123456789 7 1e+5 99999999999999999999999999999999999999999 -0 1.0",
            ),
            ("{{ a|string ~ e }}", "1.10x"),
            ("{{ d|tojson }}{{ a|tojson }}", "[1e+5, 0.1]1.10"),
            ("{{ {'k': a, 'n': [b]}|tojson }}", r#"{"k": 1.10, "n": [12345678901234567890.123456789]}"#),
            ("{{ c + 1 }} {{ a * 2 }} {{ a > 1 }} {{ a == 1.1 }}", "8 2.2 True True"),
        ] {
            assert_eq!(shown(template, payload).as_deref(), Ok(expected), "{template}");
        }
    }

    #[test]
    fn what_a_template_cannot_show_is_an_error() {
        let error = shown("{{ a }}", r#"{"a": 0.12345678901234567890, "b": 0.12345678901234567891}"#);
        assert!(error.is_err_and(|text| text.contains("cannot tell 0.12345678901234567890 and 0.12345678901234567891 apart")));
        assert!(shown("{{ a }}", r#"{"a": 1e400}"#).is_err_and(|text| text.contains("1e+400")));
        assert_eq!(shown("{{ a }} {{ b }}", r#"{"a": 1.5, "b": 1.50}"#).as_deref(), Ok("1.50 1.50"));
    }
}
