do $$
begin
  assert not exists (select 1 from dot.fn_audit_finds_adapted_view());
  create view dot_adapted.tasks as select 1 as task_run_id;
  perform test.equal((select object || ': ' || detail from dot.fn_audit_finds_adapted_view()), 'dot_adapted.tasks: no shape adapter made it');
end
$$;
