create or replace function dot.fn_policy_change_lock(p_payload jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform dot.fn_lock_take('policy', coalesce(p_payload ->> 'policy', ''));
end
$$;
comment on function dot.fn_policy_change_lock(jsonb) is 'Holds a policy still until the end of the transaction, against another change of it.';
