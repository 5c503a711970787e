//! Governed objects beside the log: what was changed past its commands is named.

use super::Log;

#[test]
fn governed_objects_edited_out_of_band_are_named() {
    let log = Log::new();
    log.db.dot(&["catalog", "sync"]).exits(0);
    assert_eq!(log.verify(&[]).names(), [""; 0]);
    for (sql, finding, object) in [
        ("update dot.dot_config set value = 'false' where config_key = 'test.clock'", "setting_edited", "test.clock"),
        (
            "delete from dot.dot_config_history where history_id = (select max(history_id) from dot.dot_config_history);
             update dot.dot_config set value = 'false' where config_key = 'test.clock'",
            "setting_history_edited",
            "test.clock",
        ),
        ("update dot.dot_config set value = 'true' where config_key = 'identity.accept_claims'", "entry_edited", "settings identity.accept_claims"),
        ("update dot.dot_error set exit_code = 0 where code = 'DT428'", "catalogue_edited", "catalogue"),
        ("update dot.dot_command_catalog set roles = '{dot_agent}' where command_code = 'gate set'", "catalogue_edited", "gate set"),
        ("update dot.approval_policy set factors = '[]', level = 'advisory' where policy_code <> 'policy_change'", "entry_edited", "policies critical 1"),
        (
            "create or replace function dot.fn_gate_open(p_gate text) returns boolean language sql stable security definer
               set search_path = dot, pg_temp as 'select true'",
            "schema_edited",
            "function dot.fn_gate_open(text)",
        ),
        ("create rule swallow as on insert to dot.audit_pending do instead nothing", "schema_edited", "rule dot.audit_pending.swallow"),
        ("create publication wide for table dot.dot_config", "schema_edited", "publication wide"),
        ("alter default privileges for role dot_owner in schema dot grant insert on tables to public", "schema_edited", "default privileges r in dot of dot_owner"),
        (
            "do $$ begin execute format('alter database %I set dot.actor = %L', current_database(), 'x'); end $$",
            "schema_edited",
            "settings everyone in this database",
        ),
        (
            "create function public.way_around() returns void language sql security definer as 'delete from dot.dot_config'",
            "schema_edited",
            "function elsewhere public.way_around()",
        ),
        (
            "create function public.watches() returns event_trigger language plpgsql as 'begin end';
             create event trigger watches on ddl_command_end execute function public.watches()",
            "schema_edited",
            "event trigger watches",
        ),
        (
            "insert into dot.break_glass (break_glass_id, actor_id, login, reason, commands, opened_at, expires_at)
             values ('00000000-0000-0000-0000-000000000001', 'x', 'x', 'x', '{gate set}', now(), now() + interval '1 hour')",
            "row_edited",
            "break_glass 00000000-0000-0000-0000-000000000001",
        ),
        ("update dot.dot_function_source set source = source || ' ' where function_name = 'fn_gate_open'", "row_edited", "dot_function_source fn_gate_open"),
        ("update dot.dot_schema_snapshot set objects = '{\"x\": \"y\"}' where snapshot_id = (select min(snapshot_id) from dot.dot_schema_snapshot)", "row_edited", "dot_schema_snapshot "),
        (
            "create or replace function dot_compiled.emit_notifies() returns boolean language sql immutable as 'select false'",
            "compiled_edited",
            "dot_compiled.emit_notifies()",
        ),
        ("alter table dot.dot_config disable trigger all; grant update on dot.dot_config to dot_agent", "schema_edited", "grants table dot.dot_config"),
    ] {
        let log = Log::new();
        log.db.dot(&["catalog", "sync"]).exits(0);
        log.db.behind_our_back(sql);
        let verdict = log.verify(&[]);
        let cases = verdict.finding(finding)["cases"].as_array().expect("cases").clone();
        assert!(cases.iter().any(|case| case["object"].as_str().is_some_and(|named| named.starts_with(object))), "{sql}: {}", verdict.0);
    }
}

#[test]
fn decisions_taken_back_are_no_finding_and_entries_moved_by_hand_are_one() {
    let log = Log::new();
    let rita = ["--actor", "rita", "--actor-kind", "human"];
    let set = ["gate", "set", "test.clock", "closed", "--propose", "--reason", "a test", "--json"];
    let proposed = log.db.dot(&set).exits(0).json();
    let proposal = proposed["data"]["proposal"].as_str().expect("a proposal");
    log.db.dot(&[&["proposal", "approve", proposal, "--rationale", "read"], &rita[..]].concat()).exits(0);
    log.db.dot(&[&["proposal", "revoke", proposal, "--rationale", "on second thoughts"], &rita[..]].concat()).exits(0);
    log.db.dot(&["registry", "deprecate", "tags", "policy", "--why", "a test"]).exits(0);
    // What the database writes in another way than it was proposed is no edit.
    let entry = r#"{"facet": "domain", "title": "Fees", "summary": "x", "registered_at": "2026-01-01"}"#;
    let proposed =
        log.db.json(&["registry", "propose", "tags", "fees", "--entry", entry, "--owner", "a", "--purpose", "b"]);
    let proposal = proposed["data"]["proposal"].as_str().expect("a proposal");
    log.db.dot(&[&["proposal", "approve", proposal, "--rationale", "read"], &rita[..]].concat()).exits(0);
    log.db.dot(&["registry", "register", proposal, "--yes"]).exits(0);
    assert_eq!(log.verify(&[]).names(), [""; 0]);
    log.db.sql("update dot.registry_birth set lifecycle = 'active' where entry_key = 'policy'; update dot.registry_birth set lifecycle = 'archived' where entry_key = 'definition'");
    let verdict = log.verify(&[]);
    assert_eq!(verdict.finding("entry_edited")["count"].as_u64(), Some(2), "{}", verdict.0);
}
