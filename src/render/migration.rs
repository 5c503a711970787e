//! What a migration would do, or how a schema has drifted, for a person over SSH: short lines, signs instead of colour.

use serde_json::Value;

use super::human::safe;

/// More statements than this are counted by what they do.
const SHOWN_STATEMENTS: usize = 8;

/// More lines than this of one definition are cut; `--json` has all of it.
const SHOWN_LINES: usize = 40;

pub fn plan(data: &Value, verbose: bool) -> String {
    let mut out = Lines::default();
    if data["summarised"].is_string() && !verbose {
        return fresh(data);
    }
    if data["nothing_to_do"] == true {
        out.line(format!("nothing to do: {} and every function are in force", plain(&data["applied"])));
        return out.text;
    }
    let applied = data["applied"].as_str().unwrap_or("nothing");
    let (migrations, functions) = (list(&data["migrations"]), list(&data["functions"]));
    out.line(format!(
        "plan {} · applied so far: {applied} · pending: {} and {}",
        plain(&data["hash"]),
        count(migrations.len(), "migration"),
        count(functions.len(), "function")
    ));
    for step in migrations {
        migration(&mut out, step);
    }
    if !functions.is_empty() {
        let names: Vec<String> = functions.iter().map(plain).collect();
        out.line(String::new());
        out.line(format!("functions created: {}", names.join(", ")));
    }
    changes(&mut out, list(&data["changes"]));
    for sequence in list(&data["sequences_not_rolled_back"]) {
        out.line(format!("advanced by this rehearsal and not rolled back: sequence {}", plain(sequence)));
    }
    out.line(String::new());
    out.line(rolled_back(data));
    out.text
}

fn rolled_back(data: &Value) -> String {
    let hash = plain(&data["hash"]);
    let just_this = match data["dir"].as_str() {
        Some(dir) => format!("dot migrate apply --dir {dir} --plan {hash}"),
        None => format!("dot migrate apply --plan {hash}"),
    };
    format!("rolled back, nothing was changed; to do just this: {just_this}")
}

/// A line for each migration, and what comes of them.
fn fresh(data: &Value) -> String {
    let mut out = Lines::default();
    let migrations = list(&data["migrations"]);
    out.line(format!(
        "plan {} · the database is fresh · {} and {} functions",
        plain(&data["hash"]),
        count(migrations.len(), "migration"),
        data["functions"]
    ));
    out.line(String::new());
    for step in migrations {
        let checks = list(&step["checks"]);
        let failed = checks.iter().filter(|check| check["ok"] != true).count();
        let mut marks = vec![match step["down"]["verdict"].as_str() {
            Some("returns") => "✓ down".to_owned(),
            Some("missing") => "✗ no down file".to_owned(),
            _ => "✗ down".to_owned(),
        }];
        if !checks.is_empty() {
            marks.push(match failed {
                0 => format!("✓ {}", count(checks.len(), "check")),
                n => format!("✗ {n} of {}", count(checks.len(), "check")),
            });
        }
        let findings = list(&step["lint"]).len();
        if findings > 0 {
            marks.push(count(findings, "lint finding"));
        }
        out.line(format!(
            "{:<40} {:>4} statements  {}",
            plain(&step["migration"]),
            step["statements"].to_string(),
            marks.join("  ")
        ));
    }
    let created = data["created"].as_object().into_iter().flatten();
    let mut created: Vec<(u64, &String)> = created.map(|(kind, n)| (n.as_u64().unwrap_or_default(), kind)).collect();
    created.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let created: Vec<String> = created.iter().map(|(n, kind)| format!("{kind} {n}")).collect();
    out.line(String::new());
    out.line(format!("creates: {}", created.join(", ")));
    out.line("all of it: --verbose".to_owned());
    out.line(rolled_back(data));
    out.text
}

fn migration(out: &mut Lines, step: &Value) {
    let statements = list(&step["statements"]);
    out.line(String::new());
    out.line(format!(
        "{} · {} · {} ms",
        plain(&step["file"]),
        count(statements.len(), "statement"),
        step["milliseconds"]
    ));
    if statements.len() <= SHOWN_STATEMENTS {
        for statement in statements {
            out.line(format!("  {:>4}  {}", statement["line"].to_string(), plain(&statement["text"])));
        }
    } else {
        out.field("statements", verbs(statements));
    }
    for lock in list(&step["locks"]) {
        out.field("lock", format!("{} on {}", plain(&lock["mode"]), plain(&lock["relation"])));
    }
    for table in list(&step["rewritten"]) {
        out.field("rewritten", plain(table));
    }
    for rows in list(&step["rows"]) {
        let line = format!("{} +{} ~{} -{}", plain(&rows["table"]), rows["inserted"], rows["updated"], rows["deleted"]);
        out.field("rows", line);
    }
    for check in list(&step["checks"]) {
        out.field("check", format!("{} {}", if check["ok"] == true { "✓" } else { "✗" }, plain(&check["name"])));
    }
    for finding in list(&step["lint"]) {
        out.field(
            "lint",
            format!("line {}: {}: {}", finding["line"], plain(&finding["rule"]), plain(&finding["message"])),
        );
    }
    let down = &step["down"];
    match down["verdict"].as_str() {
        Some("returns") => out.field("down", "✓ returns to the schema before".to_owned()),
        Some("missing") => out.field("down", "✗ there is no down file".to_owned()),
        Some("fails") => {
            let when = if down["with_functions"] == true { " once the functions are in place" } else { "" };
            out.field("down", format!("✗ fails{when}: {}", plain(&down["message"])));
        }
        _ => {
            out.field("down", "✗ leaves another schema than the one before:".to_owned());
            changes(out, list(&down["differences"]));
        }
    }
}

/// `create table 12, create index 7, …`, in the order of their first use.
fn verbs(statements: &[Value]) -> String {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for verb in statements.iter().map(|statement| plain(&statement["verb"])) {
        match counts.iter_mut().find(|(known, _)| *known == verb) {
            Some((_, n)) => *n += 1,
            None => counts.push((verb, 1)),
        }
    }
    counts.iter().map(|(verb, n)| format!("{verb} {n}")).collect::<Vec<_>>().join(", ")
}

fn changes(out: &mut Lines, changes: &[Value]) {
    if changes.is_empty() {
        return;
    }
    out.line(String::new());
    for change in changes {
        let sign = match change["change"].as_str() {
            Some("added") => '+',
            Some("removed") => '-',
            _ => '~',
        };
        out.line(format!("{sign} {}", plain(&change["object"])));
        out.diff(&change["diff"]);
    }
}

pub fn verify(data: &Value) -> String {
    let mut out = Lines::default();
    let drifts = list(&data["drifts"]);
    if drifts.is_empty() && data["ok"].is_null() {
        out.line(format!("nothing differs that this login may see (compared with: {})", plain(&data["compared_with"])));
    } else if drifts.is_empty() {
        out.line(format!("the schema is what the files produce (compared with: {})", plain(&data["compared_with"])));
    } else {
        out.line(format!("{} (compared with: {})", count(drifts.len(), "drift"), plain(&data["compared_with"])));
    }
    for drift in drifts {
        out.line(String::new());
        out.line(format!("✗ {} {}: {}", plain(&drift["drift"]), plain(&drift["object"]), plain(&drift["detail"])));
        out.diff(&drift["diff"]);
    }
    for hidden in list(&data["not_seen"]) {
        out.line(format!("not seen: {}", plain(hidden)));
    }
    out.text
}

#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn line(&mut self, line: String) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn field(&mut self, name: &str, value: String) {
        self.line(format!("  {name:<11} {value}"));
    }

    /// A definition or a difference, indented.
    fn diff(&mut self, diff: &Value) {
        let text = plain(diff);
        for line in text.lines().take(SHOWN_LINES) {
            self.line(format!("    {line}"));
        }
        if let Some(more) = text.lines().count().checked_sub(SHOWN_LINES).filter(|more| *more > 0) {
            self.line(format!("    … {more} more lines; all of it with --json"));
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn plain(value: &Value) -> String {
    safe(value.as_str().unwrap_or_default())
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
