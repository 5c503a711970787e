//! Templates: a file with `each = "<folder of catalog/>"` stands for one file for each entry of that folder.
//!
//! `commands/phase/survey.toml` with `each = "phases"` is `phase0 survey` for `catalog/phases/0.toml`, and so on: the entry's
//! name follows the first word. In its strings `{key}` is that name, and `{title}` the text that the entry has as `title`.

use serde_json::Value;

/// The files that one file stands for, by name: itself, unless it is a template.
pub fn expand(name: &str, mut file: toml::Table, content: &Value) -> Result<Vec<(String, toml::Table)>, String> {
    let folder = match file.remove("each") {
        None => return Ok(vec![(name.to_owned(), file)]),
        Some(toml::Value::String(folder)) => folder,
        Some(_) => return Err("each is the name of a folder of catalog/".to_owned()),
    };
    let entries = content[&folder].as_object().ok_or_else(|| format!("each: there is no folder catalog/{folder}"))?;
    let (first, rest) = name.split_once(' ').map_or((name, String::new()), |(first, rest)| (first, format!(" {rest}")));
    let mut made = Vec::new();
    for (key, entry) in entries {
        let mut file = toml::Value::Table(file.clone());
        fill(&mut file, key, entry)?;
        if let toml::Value::Table(file) = file {
            made.push((format!("{first}{key}{rest}"), file));
        }
    }
    Ok(made)
}

fn fill(value: &mut toml::Value, key: &str, entry: &Value) -> Result<(), String> {
    match value {
        toml::Value::String(text) => *text = filled(text, key, entry)?,
        toml::Value::Array(items) => items.iter_mut().try_for_each(|item| fill(item, key, entry))?,
        toml::Value::Table(table) => table.iter_mut().try_for_each(|(_, item)| fill(item, key, entry))?,
        _ => {}
    }
    Ok(())
}

fn filled(text: &str, key: &str, entry: &Value) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or_else(|| format!("`{text}`: a brace is not closed"))?;
        let put = if name == "key" { Some(key) } else { entry[name].as_str() };
        out += before;
        out += put.ok_or_else(|| format!("`{text}`: {key} has no text {name}"))?;
        rest = after;
    }
    Ok(out + rest)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn made(text: &str) -> Result<Vec<(String, String)>, String> {
        let content = json!({ "phases": { "0": { "title": "Axes" }, "12": { "title": "Jobs", "steps": [] } } });
        let made = expand("phase survey", toml::from_str(text).expect("TOML"), &content)?;
        Ok(made.into_iter().map(|(name, file)| (name, toml::to_string(&file).expect("TOML"))).collect())
    }

    #[test]
    fn a_template_is_one_file_for_each_entry() {
        let made = made("each = \"phases\"\nsummary = \"Survey {title}\"\n[[args]]\nvalues = [\"{key}\", \"x\"]\n")
            .expect("sound");
        assert_eq!(made.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["phase0 survey", "phase12 survey"]);
        assert_eq!(made[1].1, "summary = \"Survey Jobs\"\n\n[[args]]\nvalues = [\"12\", \"x\"]\n");
    }

    #[test]
    fn what_is_no_template_is_itself() {
        assert_eq!(
            made("summary = \"{key}\"\n"),
            Ok(vec![("phase survey".to_owned(), "summary = \"{key}\"\n".to_owned())])
        );
    }

    #[test]
    fn what_cannot_be_filled_is_named() {
        assert_eq!(made("each = \"faces\""), Err("each: there is no folder catalog/faces".to_owned()));
        assert_eq!(made("each = \"phases\"\nsummary = \"{steps}\""), Err("`{steps}`: 0 has no text steps".to_owned()));
        assert_eq!(made("each = \"phases\"\nsummary = \"{key\""), Err("`{key`: a brace is not closed".to_owned()));
    }
}
