//! Emitting validated events against a plain insert of the same row; reading by one and by eight subscriptions.
//!
//! `cargo bench --bench event`

mod common;

use std::time::Instant;

use common::database::{Db, wait};
use common::{Times, interleave, line, verdict};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, ConnectOptions};

/// Events that the readers find.
const EVENTS: i64 = 400_000;
/// Single emits in one transaction, and rows of one bulk emit.
const SINGLE: usize = 2_000;
const BULK: usize = 20_000;

/// Both write this row, with its trace and its producer.
const PAYLOAD: &str = r#"{"a": 1, "b": "text of a usual length, as names are"}"#;
/// The same table, without anything that emitting adds: no partitions to route to, no registry, no validation.
const PLAIN: &str = "create table public.plain (like dot.event_outbox including defaults including indexes);
    alter table public.plain alter column event_id add generated always as identity;
    insert into public.plain (event_type, payload, origin) values ('a.b.c', '{}', 1); truncate public.plain";
const COLUMNS: &str =
    "event_type, schema_version, key, subject, payload, xid, origin, producer_class, producer, trace_id";

async fn sql(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
}

fn main() {
    let db = Db::new();
    db.sql(
        r#"set dot.birth = '{"source": "command"}';
           insert into dot.event_type_registry (entry_key, event_type, schema_version, domain_code, schema_jsonb, owner_role, owner, producer_class_allowed, summary, fingerprint)
           values ('iu.bench.made@1.0.0', 'iu.bench.made', '1.0.0', 'iu', '{"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "string"}}, "required": ["a", "b"]}',
             'dot_operator', 'bench', '{human,agent,ci,service}', 'x', 'x')"#,
    );
    db.sql(PLAIN);
    emits(&db);
    reads(&db);
}

fn emits(db: &Db) {
    println!("emitting validated events against inserting the same row");
    let run = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let mut one = run.block_on(db.connect());
    let mut two = run.block_on(db.connect());
    let trace = "set dot.trace_id = '0af7651916cd43dd8448eb211c80319c'";
    run.block_on(sql(&mut one, trace));
    let values = format!(
        "'iu.bench.made', '1.0.0', 'k', 's', '{PAYLOAD}', pg_current_xact_id(), 1, 'service', 'dot', '0af7651916cd43dd8448eb211c80319c'"
    );
    let plain = format!("insert into public.plain ({COLUMNS}) values ({values}) returning event_id");
    let emit = format!("select dot.fn_event_emit('iu.bench.made', '{PAYLOAD}', 's', 'k')");
    let statement = |run: &tokio::runtime::Runtime, connection: &mut PgConnection, text: &str, times: usize| {
        run.block_on(async {
            for _ in 0..times {
                let _: i64 = sqlx::query_scalar(AssertSqlSafe(text.to_owned()))
                    .fetch_one(&mut *connection)
                    .await
                    .expect("a row");
            }
        });
    };
    let of_its_own = interleave(
        30,
        &mut [&mut || statement(&run, &mut one, &emit, 20), &mut || statement(&run, &mut two, &plain, 20)],
    );
    ratio("20 single ones, each its own durable transaction", &of_its_own);
    let within = |run: &tokio::runtime::Runtime, connection: &mut PgConnection, text: &str| {
        run.block_on(sql(connection, "begin"));
        statement(run, connection, text, SINGLE);
        run.block_on(sql(connection, "commit"));
    };
    let together = interleave(8, &mut [&mut || within(&run, &mut one, &emit), &mut || within(&run, &mut two, &plain)]);
    ratio(&format!("{SINGLE} single ones in one transaction"), &together);
    let many = format!(
        "select dot.fn_event_emit_many('{{iu.bench.made}}', array_fill('{PAYLOAD}'::jsonb, array[{BULK}]), array_fill('s'::text, array[{BULK}]), array_fill('k'::text, array[{BULK}]))"
    );
    let rows = format!("insert into public.plain ({COLUMNS}) select {values} from generate_series(1, {BULK})");
    let bulk =
        interleave(8, &mut [&mut || run.block_on(sql(&mut one, &many)), &mut || run.block_on(sql(&mut two, &rows))]);
    ratio(&format!("{BULK} in one statement"), &bulk);
}

fn ratio(what: &str, times: &[Times]) {
    line(&format!("{what}: plain"), &times[1]);
    line(&format!("{what}: emitted"), &times[0]);
    verdict("plain / emitted", times[1].median() / times[0].median(), "×", 0.5, false);
}

/// Each reader reads slices of 10,000 into the database's own hands and acknowledges each in a durable transaction.
fn reads(db: &Db) {
    println!("\nreading {EVENTS} events, in slices of 10,000, each acknowledged in a transaction");
    for round in 0..EVENTS / 20_000 {
        db.sql(&format!(
            "select dot.fn_event_emit_many('{{iu.bench.made}}', array_agg(jsonb_build_object('a', n, 'b', 'text of a usual length')), null, array_agg('k' || n % 1000)) from generate_series({}, {}) n",
            round * 20_000, (round + 1) * 20_000 - 1
        ));
    }
    db.sql("vacuum analyze dot.event_outbox");
    for (readers, bar) in [(1_usize, 200_000.0), (8, 100_000.0)] {
        let mut rates = Times::default();
        for round in 0..3 {
            for reader in 0..readers {
                db.sql(&format!(
                    "select dot.fn_subscription_create('r{readers}_{round}_{reader}', p_from => 'oldest')"
                ));
            }
            let started = Instant::now();
            let seen = wait(async {
                let mut tasks = Vec::new();
                for reader in 0..readers {
                    let options = db.options();
                    tasks.push(async move {
                        let mut connection = options.connect().await.expect("a connection");
                        read_all(&mut connection, &format!("r{readers}_{round}_{reader}")).await
                    });
                }
                futures_util::future::join_all(tasks).await
            });
            assert!(seen.iter().all(|n| *n >= EVENTS), "{seen:?}");
            rates.0.push(seen[0] as f64 / started.elapsed().as_secs_f64());
        }
        verdict(&format!("{readers} subscriptions, events a second each"), rates.median(), "1/s", bar, false);
    }
}

async fn read_all(connection: &mut PgConnection, subscription: &str) -> i64 {
    let slice = format!(
        "with r as materialized (select * from dot.fn_event_read('{subscription}', 10000)), t as (select count(*) as n, max(event_id) as last, max(epoch) as epoch from r)
         select t.n from (select n, case when n > 0 then dot.fn_event_ack('{subscription}', epoch, (select position from r where event_id = t.last)) end from t offset 0) t"
    );
    let mut seen = 0;
    loop {
        let n: i64 =
            sqlx::query_scalar(AssertSqlSafe(slice.clone())).fetch_one(&mut *connection).await.expect("a slice");
        if n == 0 {
            return seen;
        }
        seen += n;
    }
}
