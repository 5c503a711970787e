//! Tables for people: rows with headers, and objects as name and value.

use comfy_table::{Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, Table, presets};
use serde_json::Value;

use super::human::{self, Tone, cell};
use crate::catalog::spec::{Align, ColumnSpec, Format};
use crate::terminal;

/// Characters of a UUID.
const UUID_WIDTH: u16 = 36;

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
        let title = column.title.clone().unwrap_or_else(|| column.name.replace('_', " "));
        let header = Cell::new(title.to_uppercase());
        if style.color { header.add_attribute(Attribute::Bold) } else { header }
    }));
    for row in rows {
        table.add_row(columns.iter().map(|column| value_cell(&row[column.name.as_str()], column, style)));
    }
    keep_ids_whole(&mut table, rows, columns);
    finish(&mut table)
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

/// An id that is broken over two lines cannot be copied. On terminals too narrow for that, everything folds.
fn keep_ids_whole(table: &mut Table, rows: &[Value], columns: &[ColumnSpec]) {
    if terminal::width().is_none_or(|width| width < 2 * UUID_WIDTH) {
        return;
    }
    for (place, spec) in columns.iter().enumerate() {
        let is_uuid =
            |row: &Value| row[spec.name.as_str()].as_str().is_none_or(|text| uuid::Uuid::parse_str(text).is_ok());
        let any = rows.iter().any(|row| row[spec.name.as_str()].is_string());
        if any
            && rows.iter().all(is_uuid)
            && let Some(column) = table.column_mut(place)
        {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
}

/// An object as one line for each member. Lists of objects within it become tables of their own below it, under those of the
/// declared columns that they have, else under their own members.
pub fn object(object: &Value, columns: &[ColumnSpec], style: Style) -> String {
    let Some(members) = object.as_object() else {
        return format!("{}\n", cell(object, Format::Text));
    };
    let mut table = empty(style);
    let mut lists = String::new();
    for (name, value) in members {
        match value {
            Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => {
                let own = names(items);
                let declared: Vec<ColumnSpec> =
                    columns.iter().filter(|column| own.contains(&column.name.as_str())).cloned().collect();
                let shown = rows(items, &declared, declared.is_empty(), style);
                lists.push_str(&format!("\n{}\n{shown}", name.replace('_', " ")));
            }
            Value::Array(items) if items.is_empty() => {}
            Value::Object(inner) if !inner.is_empty() && inner.values().all(|v| !v.is_object() && !v.is_array()) => {
                let line: Vec<String> = inner.iter().map(|(k, v)| format!("{k} {}", cell(v, Format::Text))).collect();
                table.add_row([Cell::new(name.replace('_', " ")), Cell::new(line.join(", "))]);
            }
            Value::Object(inner) if !inner.is_empty() => {
                lists.push_str(&format!("\n{}\n{}", name.replace('_', " "), self::object(value, columns, style)));
            }
            _ => {
                table.add_row([Cell::new(name.replace('_', " ")), Cell::new(cell(value, Format::Text))]);
            }
        }
    }
    let head = if table.row_count() > 0 { finish(&mut table) } else { String::new() };
    if head.is_empty() { lists.trim_start_matches('\n').to_owned() } else { head + &lists }
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
    if style.color && matches!(column.format, Format::State | Format::Health) {
        let state = match value {
            Value::Bool(true) => "open",
            Value::Bool(false) => "closed",
            other => other.as_str().unwrap_or_default(),
        };
        shown = match human::tone(state) {
            Tone::Good => shown.fg(Color::Green),
            Tone::Bad => shown.fg(Color::Red),
            Tone::Waiting => shown.fg(Color::Yellow),
            Tone::Plain => shown,
        };
    }
    shown
}

fn empty(style: Style) -> Table {
    let mut table = Table::new();
    if style.color {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    table.load_style(presets::NOTHING);
    match terminal::width() {
        Some(width) => table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
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
