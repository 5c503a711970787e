do $$
declare
  v_document jsonb := dot.fn_phase0_scratch('big.md', array(
    select repeat('#', 1 + i % 6) || ' Heading ' || i % 100 || e'\n' || repeat('x', 90) || e'\n' from generate_series(1, 10000) i));
begin
  perform set_config('statement_timeout', '30s', true);
  perform dot.fn_iu_import(v_document);
  assert (select count(*) from dot.fn_iu_list('big.md', p_limit => 20000)) = 10000, 'all of them';
  assert dot.fn_iu_render('big.md') ->> 'exact' = 'true', 'exact';
end
$$;
