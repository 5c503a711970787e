create or replace function dot.fn_iu_lock_documents(p_units uuid[]) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  -- Documents before units, both in one order, as everything does that changes them.
  perform 1 from dot.iu_document d
   where d.document_id in (select u.document_id from dot.information_unit u where u.unit_id = any (p_units))
   order by d.name for update;
  perform 1 from dot.information_unit u where u.unit_id = any (p_units) order by u.unit_id for update;
end
$$;
comment on function dot.fn_iu_lock_documents(uuid[]) is
  'Locks units and their documents until the end of the transaction, so that no import and no other split or merge changes them meanwhile.';
