do $$
begin
  perform dot.fn_run_id_check(dot.fn_uuid_v7());
  perform dot.fn_run_id_check('01000000-0000-7000-8000-000000000001', '2000-01-01');
  perform test.raises('DT400', $q$select dot.fn_run_id_check('ffffffff-ffff-7fff-bfff-fffffffffffd', '2000-01-01')$q$);
  perform test.raises('DT400', $q$select dot.fn_run_id_check('ffffffff-ffff-7fff-bfff-fffffffffffd')$q$);
  perform test.raises('DT400', $q$select dot.fn_run_id_check('01000000-0000-7000-8000-000000000001')$q$);
  perform test.raises('DT400', $q$select dot.fn_run_id_check(gen_random_uuid())$q$);
end
$$;
