do $$
begin
  assert (select count(*) from dot.fn_registry_survey() where phase = 'candidate' and state = 'candidate') = 4, 'four candidates';
  assert not exists (select 1 from dot.fn_registry_survey() where phase = 'live' and state <> 'verified_live'), 'the live ones are as declared';
  create table dot.external_tool_registry (tool_code text primary key, status int);
  alter table dot.external_tool_registry owner to dot_owner;
  assert (select state || differences from dot.fn_registry_survey('external-tools'))
    = 'shape_differs[{"found": "integer", "column": "status", "expected": "text"}]', 'a candidate of another shape';
  drop table dot.iu_piece_membership, dot.iu_piece_collection, dot.iu_collection_template;
  assert (select state from dot.fn_registry_survey('templates')) = 'absent', 'a live one that is gone';
end
$$;
