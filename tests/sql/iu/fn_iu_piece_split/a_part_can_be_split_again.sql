do $$
declare
  v_unit uuid;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\nbcdefgh\n']));
  for i in 1..3 loop
    select unit into v_unit from dot.fn_iu_list('a.md') where path = 'a';
    perform dot.fn_iu_piece_split(v_unit, array[8 - 2 * i],
      dot.fn_review_record('iu_split', dot.fn_iu_operation_split(v_unit, array[8 - 2 * i]), 'approved', 'x', '[]', 'reviewer', 'human', null, false));
  end loop;
  assert (select array_agg(path) from dot.fn_iu_list('a.md')) = array['a', 'a+4', 'a+3', 'a+2'],
    (select array_agg(path) from dot.fn_iu_list('a.md'))::text;
  assert dot.fn_iu_render('a.md') ->> 'exact' = 'true', 'exact';
end
$$;
