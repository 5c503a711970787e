create or replace function dot.fn_kg_edge_lock(p_payload jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform dot.fn_lock_take('kg edge', format('%s %s %s', p_payload ->> 'from_unit', p_payload ->> 'relation', p_payload ->> 'to_unit'));
end
$$;
comment on function dot.fn_kg_edge_lock(jsonb) is 'Holds an edge, or its absence, still until the end of the transaction, against another proposal about it.';
