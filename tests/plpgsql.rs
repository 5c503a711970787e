//! plpgsql_check over every function: types, unused variables, dead code, wrong volatility, missing objects.

use crate::common::Db;

#[test]
fn plpgsql_check_finds_nothing() {
    let db = Db::new();
    let available = db.one("select count(*) from pg_available_extensions where name = 'plpgsql_check'");
    if available == "0" {
        assert!(std::env::var_os("CI").is_none(), "CI installs plpgsql_check for the server it tests with");
        println!("skipped: this server has no plpgsql_check");
        return;
    }
    db.sql("create extension plpgsql_check");
    let found = db.one(
        "select coalesce(string_agg(p.proname || ':' || coalesce(c.lineno::text, '-') || ' ' || c.level || ' ' || c.message
                  || coalesce(' (' || c.detail || ')', '') || coalesce(' (' || c.hint || ')', ''), E'\\n' order by p.proname, c.lineno), '')
           from pg_proc p
           join pg_language l on l.oid = p.prolang and l.lanname = 'plpgsql'
           left join lateral (select tgrelid, tgoldtable, tgnewtable from pg_trigger t where t.tgfoid = p.oid order by tgoldtable, tgnewtable limit 1) t on true
           cross join lateral plpgsql_check_function_tb(p.oid, coalesce(t.tgrelid, 0), oldtable => t.tgoldtable, newtable => t.tgnewtable, performance_warnings => false, extra_warnings => true) c
          where p.pronamespace = 'dot'::regnamespace
            -- Where the checker says itself that it cannot tell, it has found nothing.
            and c.detail is distinct from 'cannot to determine result of dynamic SQL'",
    );

    assert_eq!(found, "");
}
