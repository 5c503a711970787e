do $$
begin
  perform dot.fn_audit_append(true, 100000);
  assert not exists (select 1 from dot.audit_leaf having count(*) <> coalesce(max(leaf_index), -1) + 1), 'dense';
end
$$;
