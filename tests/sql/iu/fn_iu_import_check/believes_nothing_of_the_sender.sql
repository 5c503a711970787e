do $$
declare
  v_body  text := e'# Ố\n# Two\n';
  v_good  jsonb := dot.fn_phase0_scratch('x.md', array[e'# Ố\n', e'# Two\n']) -> 0;
  v_given jsonb;
  v_why   text;
begin
  for v_given, v_why in
    values (v_good, null), (v_good || '{"digest": "00"}', 'wrong_digest'), (v_good || '{"bytes": 5}', 'wrong_digest'),
           (jsonb_set(v_good, '{marks,1,start}', '5'), 'bad_marks'), (jsonb_set(v_good, '{marks,1,end}', '99'), 'bad_marks'),
           (jsonb_set(jsonb_set(v_good, '{marks,0,end}', '3'), '{marks,1,start}', '3'), 'bad_marks'),
           (jsonb_set(v_good, '{marks}', '[]'), 'bad_marks'), (v_good - 'marks', 'bad_marks'),
           (jsonb_set(v_good, '{marks,0,level}', '7'), 'unknown_marks'), (jsonb_set(v_good, '{marks,0,kind}', '"chapter"'), 'unknown_marks'),
           (v_good || '{"body": ""}', 'empty'), (v_good - 'body', 'no_body'), (v_good - 'path', 'no_path'), (v_good || '{"path": "a\tb"}', 'bad_path')
  loop
    assert (select c.reason is not distinct from v_why from dot.fn_iu_import_check(jsonb_build_array(v_given)) c),
      format('%s for %s', v_why, v_given);
  end loop;
  -- Byte 3 is inside the three bytes of the letter, so a cut there must not pass.
  assert get_byte(convert_to(v_body, 'UTF8'), 3) & 192 = 128, 'the test cuts inside a character';
end
$$;
