do $$
begin
  assert (select count(*) from dot.fn_registry_survey() where phase = 'candidate' and state = 'candidate') = 15, 'candidates, until they live';
  assert not exists (select 1 from dot.fn_registry_survey() where phase = 'live' and state <> 'verified_live'), 'the live ones are as declared';
  create table dot.workflow_registry (workflow_id uuid primary key, code text, name text, version int, owner_role text, trigger_config jsonb, status int, iu_unit_id uuid,
    iu_pin_policy text, created_at timestamptz);
  alter table dot.workflow_registry owner to dot_owner;
  assert (select state || differences from dot.fn_registry_survey('workflows'))
    = 'shape_differs[{"found": "integer", "column": "status", "expected": "text"}]', 'a candidate of another shape';
  alter table dot.workflow_registry alter column status type text;
  assert (select state from dot.fn_registry_survey('workflows')) = 'verified_live', 'a candidate as it is expected';
  drop table dot.iu_piece_membership, dot.iu_piece_collection, dot.iu_collection_template;
  assert (select state from dot.fn_registry_survey('templates')) = 'absent', 'a live one that is gone';
end
$$;
