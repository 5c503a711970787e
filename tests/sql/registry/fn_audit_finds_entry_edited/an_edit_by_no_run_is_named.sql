do $$
begin
  assert not exists (select 1 from dot.fn_audit_finds_entry_edited());
  update dot.dot_error set title = 'mine' where code = 'DT404';
  perform test.equal((select array_agg(distinct object) from dot.fn_audit_finds_entry_edited()), '{"errors DT404"}'::text[]);
end
$$;
