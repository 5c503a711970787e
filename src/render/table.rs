//! Tables for people: rows with headers, and objects as name and value.

use comfy_table::{Attribute, Cell, CellAlignment, Color, ContentArrangement, Table, presets};
use serde_json::Value;

use super::human::{self, Tone, cell};
use super::layout::{self, Field};
use super::short;
use crate::catalog::spec::{Align, ColumnSpec, Format};
use crate::terminal;

/// Whether and how to draw.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub color: bool,
}

/// Rows under the declared columns, or under the row's own members where fields were picked or the column is `*`.
pub fn rows(rows: &[Value], columns: &[ColumnSpec], picked: bool, style: Style) -> String {
    let own: Vec<ColumnSpec>;
    let columns = if picked || columns.is_empty() || columns[0].name == "*" {
        own = names(rows).into_iter().map(|name| plain_column(name, columns)).collect();
        own.as_slice()
    } else {
        columns
    };
    if rows.is_empty() {
        return String::new();
    }
    let mut table = empty(style);
    table.set_header(columns.iter().map(|column| {
        let header = Cell::new(title(column).to_uppercase());
        if style.color { header.add_attribute(Attribute::Bold) } else { header }
    }));
    let width = terminal::width().map(usize::from);
    // Where nobody looks, ids are whole.
    let shorter;
    let rows = match width {
        Some(_) => {
            shorter = short::ids(rows);
            shorter.as_slice()
        }
        None => rows,
    };
    for row in rows {
        table.add_row(columns.iter().map(|column| value_cell(&row[column.name.as_str()], column, style)));
    }
    let drawn = finish(&mut table);
    match width.filter(|width| layout::widest(&drawn) > *width) {
        None => drawn,
        Some(width) => records(rows, columns, style, width),
    }
}

/// Each row as a record of its own, a line for each field that is not empty: what a terminal is too narrow for as a table.
fn records(rows: &[Value], columns: &[ColumnSpec], style: Style, width: usize) -> String {
    let mut text = String::new();
    for (n, row) in rows.iter().enumerate() {
        let fields: Vec<Field> = columns
            .iter()
            .map(|column| {
                let value = &row[column.name.as_str()];
                Field {
                    name: title(column),
                    value: human::line(&cell(value, column.format)),
                    color: color(value, column, style),
                }
            })
            .collect();
        text.push_str(&layout::rule(n + 1, width));
        text.push_str(&layout::fields(&fields, Some(width)));
    }
    text
}

fn title(column: &ColumnSpec) -> String {
    human::line(&column.title.clone().unwrap_or_else(|| column.name.replace('_', " ")))
}

/// The members of all rows, in the order in which they are met: rows of one list may differ.
fn names(rows: &[Value]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for name in rows.iter().filter_map(Value::as_object).flat_map(|row| row.keys()) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}

/// An object as one line for each member. Lists of objects within it become tables of their own below it, under those of the
/// declared columns that they have, else under their own members.
pub fn object(object: &Value, columns: &[ColumnSpec], style: Style) -> String {
    let Some(members) = object.as_object() else {
        return format!("{}\n", cell(object, Format::Text));
    };
    let width = terminal::width().map(usize::from);
    let mut fields = Vec::new();
    let mut lists = String::new();
    for (name, value) in members.iter().filter(|(_, value)| !is_empty(value)) {
        let name = human::line(&name.replace('_', " "));
        let field = |value: String| Field { name: name.clone(), value, color: None };
        match value {
            Value::Array(items) if items.iter().all(Value::is_object) => {
                let own = names(items);
                let declared: Vec<ColumnSpec> =
                    columns.iter().filter(|column| own.contains(&column.name.as_str())).cloned().collect();
                let shown = rows(items, &declared, declared.is_empty(), style);
                lists.push_str(&format!("\n{name}\n{shown}"));
            }
            Value::Object(inner) if inner.values().all(|v| !v.is_object() && !v.is_array()) => {
                let parts = inner.iter().filter(|(_, value)| !is_empty(value));
                let line: Vec<String> =
                    parts.map(|(k, v)| format!("{} {}", human::line(k), cell(v, Format::Text))).collect();
                fields.push(field(line.join(", ")));
            }
            Value::Object(_) => {
                lists.push_str(&format!("\n{name}\n{}", self::object(value, columns, style)));
            }
            _ => fields.push(field(cell(value, Format::Text))),
        }
    }
    let head = layout::fields(&fields, width);
    if head.is_empty() && lists.is_empty() {
        return "\n".to_owned();
    }
    if head.is_empty() { lists.trim_start_matches('\n').to_owned() } else { head + &lists }
}

/// What is not worth a line.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

fn plain_column(name: &str, declared: &[ColumnSpec]) -> ColumnSpec {
    declared.iter().find(|column| column.name == name).cloned().unwrap_or_else(|| ColumnSpec {
        name: name.to_owned(),
        title: None,
        align: Align::Left,
        format: if matches!(name, "state" | "status" | "verdict") { Format::State } else { Format::Text },
    })
}

fn value_cell(value: &Value, column: &ColumnSpec, style: Style) -> Cell {
    // One row, one line: what goes on below would pass for another row, or for what the program says.
    let text = human::line(&cell(value, column.format));
    let mut shown = Cell::new(text);
    if column.align == Align::Right || value.is_number() {
        shown = shown.set_alignment(CellAlignment::Right);
    }
    match color(value, column, style) {
        Some(color) => shown.fg(color),
        None => shown,
    }
}

/// The colour of a state; none for what is none, or where nothing is coloured.
fn color(value: &Value, column: &ColumnSpec, style: Style) -> Option<Color> {
    if !style.color {
        return None;
    }
    match human::tone_of(value, column.format)? {
        Tone::Good => Some(Color::Green),
        Tone::Bad => Some(Color::Red),
        Tone::Waiting => Some(Color::Yellow),
        Tone::Plain => None,
    }
}

fn empty(style: Style) -> Table {
    let mut table = Table::new();
    if style.color {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    table.load_style(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Disabled);
    table
}

/// The drawn table: two blanks between columns, none at the ends of lines.
fn finish(table: &mut Table) -> String {
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let mut text: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    if text.is_empty() {
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Nothing of a text is lost in a table: its blanks, and the ends of its lines wherever they are.
    #[test]
    fn cells_keep_what_they_hold() {
        let texts = ["tab\tb", " lead", "end\n", "\n", "\n\n", "", "a\n\n  b ", "\t", "\r\n"];
        let all: Vec<Value> = texts.iter().map(|text| json!({ "t": text, "e": "|" })).collect();
        let drawn = rows(&all, &[], true, Style { color: false });
        let cells: Vec<&str> =
            drawn.lines().skip(1).map(|line| line.strip_suffix('|').expect("one line a row")).collect();
        let expected = ["tab⇥b", " lead", "end⏎", "⏎", "⏎⏎", "", "a⏎⏎  b ", "⇥", "\u{fffd}⏎"];
        assert_eq!(cells, expected.map(|text| format!("{text:<9}")));
    }
}
