create or replace function dot.fn_catalog_sync_policies(p_entries jsonb) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_written int;
begin
  -- At birth only. A file that could add or change a policy later would be a way around the proposals that must.
  insert into dot.approval_policy (
    policy_code, version, proposal_kind, risk, factors, deny_quorum, allow_self, allow_agent, approval_ttl, level, summary, run_id, made_at, made_by)
  select e.key, 1, e.value ->> 'kind', e.value ->> 'risk', e.value -> 'factors', coalesce((e.value ->> 'deny_quorum')::int, 1),
         coalesce((e.value ->> 'allow_self')::boolean, false), coalesce((e.value ->> 'allow_agent')::boolean, false),
         (e.value ->> 'approval_ttl')::interval, e.value ->> 'level', e.value ->> 'summary',
         nullif(current_setting('dot.run_id', true), '')::uuid, dot.fn_clock_now(), (dot.fn_actor_current()).actor_id
    from jsonb_each(p_entries) e
   where not exists (select 1 from dot.approval_policy);
  get diagnostics v_written = row_count;
  return v_written;
end
$$;
comment on function dot.fn_catalog_sync_policies(jsonb) is
  'Gives a database its first approval policies, from catalog/policies; does nothing once there is any, since later versions and policies come from proposals of kind policy_change. Returns how many rows were written.';
