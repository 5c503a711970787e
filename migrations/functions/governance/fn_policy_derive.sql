create or replace function dot.fn_policy_derive(p_key text, p_entry jsonb, p_now jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('version', 1, 'run_id', nullif(current_setting('dot.run_id', true), ''), 'made_at', dot.fn_clock_now(), 'made_by', (dot.fn_actor_current()).actor_id)
$$;
comment on function dot.fn_policy_derive(text, jsonb, jsonb) is 'The first version of an approval policy, and who made it. For the registry policies.';
