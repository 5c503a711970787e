do $$
begin
  assert (select count(*) from dot.fn_registry_survey() where phase = 'candidate' and state = 'candidate') = 1, 'one candidate';
  assert not exists (select 1 from dot.fn_registry_survey() where phase = 'live' and state <> 'verified_live'), 'the live ones are as declared';
  create table dot.workflow_registry (workflow_code text primary key, version int, status int);
  alter table dot.workflow_registry owner to dot_owner;
  assert (select state || differences from dot.fn_registry_survey('workflows'))
    = 'shape_differs[{"found": "integer", "column": "status", "expected": "text"}]', 'a candidate of another shape';
  drop table dot.iu_piece_membership, dot.iu_piece_collection, dot.iu_collection_template;
  assert (select state from dot.fn_registry_survey('templates')) = 'absent', 'a live one that is gone';
end
$$;
