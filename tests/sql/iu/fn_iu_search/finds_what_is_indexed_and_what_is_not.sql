do $$
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# Tuyển sinh\n\nLệ phí xét tuyển.\n', e'# Other\n\nNothing here.\n']));
  assert dot.fn_iu_unindexed() = 0, 'a small import is indexed at once';
  assert (select array_agg(path) from dot.fn_iu_search('"tuyển sinh" phí')) = array['tuyển-sinh'], 'by index';
  delete from dot.iu_search_index;
  assert (select array_agg(path) from dot.fn_iu_search('"tuyển sinh" phí')) = array['tuyển-sinh'], 'without an index';
  assert dot.fn_iu_index() = '{"indexed": 2, "left": 0}', 'what is missing is indexed';
  assert not exists (select 1 from dot.fn_iu_search('tuyển -phí')), 'minus excludes';
end
$$;
