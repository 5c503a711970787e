do $$
begin
  assert (select count(*) from dot.fn_registry_survey() where phase = 'candidate' and state = 'candidate') = 2, 'two candidates';
  assert not exists (select 1 from dot.fn_registry_survey() where phase = 'live' and state <> 'verified_live'), 'the live ones are as declared';
  create table dot.executor_class_registry (executor_class text primary key, executor_kind text, mutating boolean, status int);
  alter table dot.executor_class_registry owner to dot_owner;
  assert (select state || differences from dot.fn_registry_survey('executor-classes'))
    = 'shape_differs[{"found": "integer", "column": "status", "expected": "text"}]', 'a candidate of another shape';
  drop table dot.iu_piece_membership, dot.iu_piece_collection, dot.iu_collection_template;
  assert (select state from dot.fn_registry_survey('templates')) = 'absent', 'a live one that is gone';
end
$$;
