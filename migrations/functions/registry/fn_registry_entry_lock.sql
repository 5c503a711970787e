create or replace function dot.fn_registry_entry_lock(p_payload jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform dot.fn_lock_take('registry', format('%s %s', p_payload ->> 'registry', p_payload ->> 'key'));
end
$$;
comment on function dot.fn_registry_entry_lock(jsonb) is 'Holds an entry of a registry still until the end of the transaction, against another change of it.';
