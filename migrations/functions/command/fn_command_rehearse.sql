create or replace function dot.fn_command_rehearse(p_command text, p_args jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run    uuid := dot.fn_uuid_v7();
  v_outer  text := coalesce(current_setting('dot.run_id', true), '');
  v_actor  record := dot.fn_actor_current();
  v_kept   jsonb;
  v_before jsonb := dot.fn_command_counters(false);
  v_given  record;
  v_done   jsonb := dot.fn_command_admit(p_command, 'dry_run');
begin
  if v_done is not null then
    return jsonb_build_object('refusal', v_done);
  end if;
  v_kept := dot.fn_command_args_kept((select k.spec from dot.dot_command_catalog k where k.command_code = p_command), p_args::json);
  insert into dot.dot_command_run (
    run_id, command_code, mode, state, risk, args, args_digest, actor, actor_kind, actor_verified, principal, trace_id, correlation_id)
  values (
    v_run, p_command, 'dry_run', 'started', (select risk from dot.dot_command_catalog where command_code = p_command),
    v_kept, encode(sha256(convert_to(v_kept::text, 'UTF8')), 'hex'), v_actor.actor_id, v_actor.actor_kind, v_actor.verified, v_actor.principal,
    nullif(current_setting('dot.trace_id', true), ''), nullif(v_outer, ''));
  update dot.dot_command_run set entered_xid = pg_current_xact_id() where run_id = v_run;
  insert into dot.dot_command_run_open values (v_run, v_before);
  perform set_config('dot.run_id', v_run::text, true);
  v_given := dot.fn_command_bodies(p_command, p_args);
  v_done := dot.fn_command_call(v_run, v_given.args, v_given.bodies, 10);
  perform set_config('dot.run_id', v_outer, true);
  perform dot.fn_command_close(v_run, v_done);
  delete from dot.dot_command_run_open where run_id = v_run;
  -- PostgreSQL counts rows that were taken back too; they are no effect of the run around this one.
  update dot.dot_command_run_open r
     set counters = jsonb_set(r.counters, '{tables}', (r.counters -> 'tables') || (
           select coalesce(jsonb_object_agg(n.key, (
                    select jsonb_agg(coalesce((r.counters #>> array['tables', n.key, i.n::text])::bigint, 0) + (n.value ->> i.n)::bigint
                             - coalesce((v_before #>> array['tables', n.key, i.n::text])::bigint, 0) order by i.n)
                      from generate_series(0, 2) i(n))), '{}')
             from jsonb_each(dot.fn_command_counters(false) -> 'tables') n where v_before #> array['tables', n.key] is distinct from n.value))
   where r.run_id = nullif(v_outer, '')::uuid;
  return v_done || jsonb_build_object('run_id', v_run);
end
$$;
comment on function dot.fn_command_rehearse(text, jsonb) is
  'Rehearses a command within this transaction, as a run of its own (mode dry_run, in the trace of the run around it), with what is left of its effect being nothing. Returns as fn_command_call, with plan, keys, 10 images and run_id; {refusal} where the caller may not rehearse it or it refuses.';
