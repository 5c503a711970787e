do $$
declare
  v_answer jsonb;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# X\n', e'## S\ns\n', e'# Y\n', e'## S\ns\n']));
  v_answer := dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# P\n', e'## S\ns\n', e'# Q\n', e'## S\ns\n']));
  assert v_answer -> 'documents' -> 0 @> '{"added": 2, "moved": 2, "removed": 2}', v_answer::text;
  assert (select count(distinct unit) from dot.fn_iu_list('a.md')) = 4, 'no unit stands twice';
  assert dot.fn_iu_render('a.md') ->> 'exact' = 'true', 'exact';
end
$$;
