//! The types of arguments: one table, for parsing, help, JSON Schema and calls here, and for `fn_argument_types` in the
//! database, which a test holds to it.

use serde::{Deserialize, Serialize};

/// What a type is in each place.
pub struct Row {
    pub kind: ArgType,
    /// In command files.
    pub name: &'static str,
    /// The type of the function's parameter.
    pub pg: &'static str,
    /// What a list is made of.
    pub element: Option<ArgType>,
    /// What help calls a value.
    pub value: &'static str,
    /// A value's JSON Schema; a list's is made of that of its element.
    pub schema: &'static str,
}

macro_rules! types {
    ($($(#[$doc:meta])* $kind:ident $name:literal $pg:literal $element:expr, $value:literal $schema:literal;)*) => {
        #[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
        pub enum ArgType {
            $($(#[$doc])* #[serde(rename = $name)] $kind,)*
        }

        pub const TYPES: &[Row] = &[
            $(Row { kind: ArgType::$kind, name: $name, pg: $pg, element: $element, value: $value, schema: $schema },)*
        ];
    };
}

types! {
    Text "text" "text" None, "TEXT" r#"{"type":"string"}"#;
    Int "int" "integer" None, "N" r#"{"type":"integer"}"#;
    Bigint "bigint" "bigint" None, "N" r#"{"type":"integer"}"#;
    Numeric "numeric" "numeric" None, "N" r#"{"type":"string","pattern":"^[-+]?[0-9]+([.][0-9]+)?$"}"#;
    Bool "bool" "boolean" None, "VALUE" r#"{"type":"boolean"}"#;
    Uuid "uuid" "uuid" None, "UUID" r#"{"type":"string","format":"uuid"}"#;
    Timestamptz "timestamptz" "timestamp with time zone" None, "TIME" r#"{"type":"string","format":"date-time"}"#;
    Interval "interval" "interval" None, "DURATION" r#"{"type":"string","format":"duration"}"#;
    Json "json" "jsonb" None, "JSON|@FILE" "{}";
    TextArray "text[]" "text[]" Some(ArgType::Text), "TEXT" "{}";
    IntArray "int[]" "integer[]" Some(ArgType::Int), "N" "{}";
    UuidArray "uuid[]" "uuid[]" Some(ArgType::Uuid), "UUID" "{}";
    /// One of the argument's `values`.
    Enum "enum" "text" None, "VALUE" "{}";
    /// One of the argument's `values`, or a time.
    Moment "moment" "text" None, "TIME" "{}";
    /// A path; the function gets the file's text.
    File "file" "text" None, "FILE" r#"{"type":"string"}"#;
    /// Text, or the content of `@file` or of standard input (`-`).
    Script "script" "text" None, "SQL" r#"{"type":"string"}"#;
    /// SQL, typed or from `@file` or `-`; the function gets its single statements.
    Statements "statements" "text[]" Some(ArgType::Text), "SQL" "{}";
    /// Paths of Markdown documents; the function gets them parsed, as one JSON array.
    Documents "documents" "jsonb" None, "VALUE" r#"{"type":"array","items":{"anyOf":[{"type":"string","description":"A path of a file or folder"},{"type":"object","properties":{"path":{"type":"string","description":"The document's name"},"text":{"type":"string","description":"Its Markdown"}},"required":["path","text"],"additionalProperties":false}]}}"#;
    /// Filled by the client with the command catalogue; no flag of its own.
    Catalog "catalog" "jsonb" None, "VALUE" "{}";
}

impl ArgType {
    fn row(self) -> &'static Row {
        // The table has a row for each variant, in their order.
        &TYPES[self as usize]
    }

    /// The type of this name.
    pub fn named(name: &str) -> Option<ArgType> {
        TYPES.iter().find(|row| row.name == name).map(|row| row.kind)
    }

    /// The PostgreSQL type of the function's parameter.
    pub fn pg_type(self) -> &'static str {
        self.row().pg
    }

    /// The type of one element of an array type, or the type itself.
    pub fn element(self) -> ArgType {
        self.row().element.unwrap_or(self)
    }

    pub fn is_array(self) -> bool {
        self.row().element.is_some()
    }

    /// What help calls a value.
    pub fn value_name(self) -> &'static str {
        self.row().value
    }

    /// The JSON Schema of a value, as text.
    pub fn json_schema(self) -> &'static str {
        self.row().schema
    }
}
