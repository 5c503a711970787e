-- squawk-ignore-file ban-drop-function
set local role dot_owner;
-- Last, since triggers call functions until those of this version are in place.
-- These have other names now, or their names are those of others.
drop function if exists dot.fn_event_publish(text, jsonb, text, text, text);
drop function if exists dot.fn_iu_usage_evidence(uuid);
drop function if exists dot.fn_bench_start(int);
drop function if exists dot.fn_job_request(text, jsonb, timestamptz, int, text, text, text, text, uuid);
drop function if exists dot.fn_job_stop(text[], text);
drop function if exists dot.fn_job_cancel(bigint[], text);
drop function if exists dot.fn_schema_check_file(text, jsonb);
drop function if exists dot.fn_schema_check(jsonb, jsonb);
drop function if exists dot.fn_schema_diff_file(text, text);
drop function if exists dot.fn_schema_infer_file(text);
drop function if exists dot.fn_schema_infer(jsonb);
drop function if exists dot.fn_schema_validate_file(text, text, jsonb);
drop function if exists dot.fn_schema_validate(jsonb, jsonb, jsonb);
-- These come back with parameters of other names, which no replacement can give them.
do $$
declare
  v_old regprocedure;
begin
  for v_old in
    select p.oid
      from pg_proc p
      join (values
      ('fn_actor_add', 'p_principal'), ('fn_breakglass_open', 'p_commands'), ('fn_run_list', 'p_actor'),
      ('fn_event_show', 'p_event_id'), ('fn_subscription_create', 'p_types'), ('fn_delegation_grant', 'p_reason'),
      ('fn_delegation_list', 'p_all'), ('fn_policy_list', 'p_all'), ('fn_sql_exec', 'p_statements'),
      ('fn_iu_cancel', 'p_cut_request_id'), ('fn_iu_compose', 'p_units'), ('fn_iu_plan_split', 'p_cut_points'),
      ('fn_dlq_discard', 'p_letters'), ('fn_dlq_request', 'p_letters'), ('fn_dlq_requests', 'p_all'),
      ('fn_worker_drain', 'p_all'), ('fn_worker_list', 'p_all'), ('fn_worker_start', 'p_classes')) o(name, param) on o.name = p.proname and o.param = any (p.proargnames)
     where p.pronamespace = 'dot'::regnamespace
  loop
    execute format('drop function %s', v_old);
  end loop;
end
$$;
reset role;
