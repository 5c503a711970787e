//! What validation adds to inserts: 200,000 payloads of a schema with two fields, judged by the compiled function in the
//! statement that inserts them, against the same rows unjudged; and the interpreter beside the compiled function.
//!
//! `cargo bench --bench schema`

mod common;

use std::cell::RefCell;

use common::database::{Db, runtime};
use common::{interleave, line, verdict};
use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;
use tokio::runtime::Runtime;

const ROWS: usize = 200_000;
const JUDGED: usize = 2_000;
const ROUNDS: usize = 9;
const SCHEMA: &str = r#"{"type": "object", "required": ["id", "amount"], "additionalProperties": false,
    "properties": {"id": {"type": "string"}, "amount": {"type": "integer"}}}"#;
/// The same with a bound on each field.
const BOUNDED: &str = r#"{"type": "object", "required": ["id", "amount"], "additionalProperties": false,
    "properties": {"id": {"type": "string", "minLength": 1}, "amount": {"type": "integer", "minimum": 0}}}"#;

struct Server {
    runtime: Runtime,
    connection: RefCell<PgConnection>,
}

impl Server {
    fn run(&self, sql: &str) {
        let connection = &mut *self.connection.borrow_mut();
        let ran = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection);
        self.runtime.block_on(ran).expect("it runs");
    }
}

fn main() {
    let db = Db::new();
    let [function, bounded] =
        [SCHEMA, BOUNDED].map(|schema| db.one(&format!("select dot.fn_schema_compile('{schema}')")));
    let runtime = runtime();
    let connection = runtime.block_on(db.connect());
    let server = Server { runtime, connection: RefCell::new(connection) };
    server.run(&format!(
        "create table source as select jsonb_build_object('id', 'order-' || i, 'amount', i) as payload from generate_series(1, {ROWS}) i;
         create table target (event_id bigint generated always as identity primary key, event_type text not null, payload jsonb not null,
           xid xid8 not null default pg_current_xact_id(), emitted_at timestamptz not null default clock_timestamp());
         create index on target (event_type, event_id);
         analyze source"
    ));
    inserts(&server, &function, &bounded);
    judged(&server, &function);
}

/// The rows are counted, so that no contestant gets away with fewer.
fn inserts(server: &Server, function: &str, bounded: &str) {
    println!("{ROWS} events into a table with a key and an index, emptied before each");
    let insert = |condition: &str| {
        format!(
            "truncate target; insert into target (event_type, payload) select 'order.placed', payload from source {condition};
             do $$ begin if (select count(*) from target) <> {ROWS} then raise 'rows are missing'; end if; end $$"
        )
    };
    let plain = insert("");
    let [valid, more] = [function, bounded].map(|function| insert(&format!("where {function}(payload)")));
    let times =
        interleave(ROUNDS, &mut [&mut || server.run(&plain), &mut || server.run(&valid), &mut || server.run(&more)]);
    line("not validated", &times[0]);
    line("validated by the compiled function", &times[1]);
    line("the same with a bound on each field", &times[2]);
    println!("  with the bounds, {:.2} × of not validated", times[2].median() / times[0].median());
    verdict("validated / not validated", times[1].median() / times[0].median(), "×", 1.5, true);
}

fn judged(server: &Server, function: &str) {
    println!("\n{JUDGED} payloads judged");
    let judge = |expression: &str| {
        format!("select count(*) from (select payload from source limit {JUDGED}) s where {expression}")
    };
    let (compiled, interpreted) =
        (judge(&format!("{function}(payload)")), judge(&format!("dot.fn_schema_valid('{SCHEMA}', payload)")));
    let times = interleave(ROUNDS, &mut [&mut || server.run(&compiled), &mut || server.run(&interpreted)]);
    line("compiled", &times[0]);
    line("interpreted, the schema linked for each", &times[1]);
    verdict("interpreted / compiled", times[1].median() / times[0].median(), "×", 20.0, false);
}
