do $$
declare
  v_pieces text[] := array[e'# Một\r\n\r\nTuyển sinh.\r\n', e'## Two\n\n\tcode\n', e'# Three'];
  v_answer jsonb := dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[v_pieces[1]]) || dot.fn_phase0_scratch('b.md', v_pieces[2:3]));
begin
  assert v_answer @> '{"totals": {"documents": 2, "imported": 2, "refused": 0, "pieces": 3}, "partial": false}', v_answer::text;
  assert dot.fn_iu_render('a.md') ->> 'text' = v_pieces[1], 'byte for byte, with CRLF';
  assert dot.fn_iu_render('b.md') ->> 'text' = v_pieces[2] || v_pieces[3], 'also without a line feed at the end';
  assert (dot.fn_iu_check(array(select jsonb_array_elements_text(v_answer -> 'cuts')::uuid)) ->> 'ok')::boolean, 'and its pair agrees';
end
$$;
