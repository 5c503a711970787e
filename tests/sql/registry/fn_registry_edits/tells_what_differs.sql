do $$
begin
  alter table dot.dot_error disable trigger record;
  update dot.dot_error set title = 'mine' where code = 'DT404';
  assert (select detail like 'title is "mine"; the last recorded change left it%' from dot.fn_registry_edits('errors'));
  delete from dot.dot_error where code = 'DT003';
  perform test.equal((select array_agg(entry_key order by entry_key) from dot.fn_registry_edits('errors')), '{DT003,DT404}'::text[]);
  assert not exists (select 1 from dot.fn_registry_edits('no_registry'));
end
$$;
