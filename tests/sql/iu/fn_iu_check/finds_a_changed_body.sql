do $$
declare
  v_cuts uuid[] := array(select jsonb_array_elements_text(dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n', e'# B\n'])) -> 'cuts')::uuid);
begin
  assert dot.fn_iu_check(v_cuts) ->> 'ok' = 'true', 'sound at first';
  alter table dot.iu_version disable trigger protect;
  update dot.iu_version set body = e'# Z\n' where title = 'A';
  alter table dot.iu_version enable always trigger protect;
  assert dot.fn_iu_check(v_cuts) ->> 'ok' = 'false', 'a body was changed';
  assert dot.fn_iu_check(array[gen_random_uuid()]) ->> 'ok' = 'false', 'a request that does not exist';
end
$$;
