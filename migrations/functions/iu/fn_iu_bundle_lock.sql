create or replace function dot.fn_iu_bundle_lock(p_payload jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform 1 from dot.iu_piece_collection where collection_code = p_payload ->> 'bundle' for update;
  perform dot.fn_iu_lock_documents(array(select jsonb_array_elements_text(p_payload -> 'units')::uuid));
end
$$;
comment on function dot.fn_iu_bundle_lock(jsonb) is 'Locks a proposed bundle, if it is there, and the documents of its units, until the end of the transaction.';
