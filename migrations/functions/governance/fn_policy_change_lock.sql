create or replace function dot.fn_policy_change_lock(p_payload jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('dot.approval_policy ' || (p_payload ->> 'policy'), 0));
end
$$;
comment on function dot.fn_policy_change_lock(jsonb) is 'Holds a policy still until the end of the transaction, against another change of it.';
