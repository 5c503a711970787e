do $$
begin
  assert exists (select 1 from dot.fn_job_kinds() where (kind, class, queue, status) = ('system.noop', 'sql', 'bench', 'active'));
end
$$;
