create or replace function dot.fn_iu_proposal_lock(p_payload jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform dot.fn_iu_lock_documents(array(
    select (p_payload ->> 'unit')::uuid where p_payload ->> 'unit' is not null
    union
    select jsonb_array_elements_text(coalesce(p_payload -> 'units', '[]'))::uuid
    union
    select (i ->> 'unit')::uuid
      from dot.proposal p, jsonb_array_elements((p.outcome_jsonb -> 'before') || (p.outcome_jsonb -> 'after')) i
     where p.proposal_id = (p_payload ->> 'undo')::uuid and p.proposal_state = 'merged'));
end
$$;
comment on function dot.fn_iu_proposal_lock(jsonb) is
  'Locks the units of a proposed split, merge or revert, and their documents, until the end of the transaction.';
