do $$
declare
  v_bodies bytea := convert_to(e'# A\n# Ố\n# C\n', 'UTF8');
  v_mark   jsonb := '{"kind": "section", "level": 1, "title": "t", "start": 0}';
  v_at     int;
  v_bytes  int;
  v_why    text;
begin
  -- The letter takes the bytes 6, 7 and 8; the whole is 14 bytes.
  for v_at, v_bytes, v_why in
    values (0, 4, null), (4, 6, null), (10, 4, null), (0, 14, null), (0, 7, 'no_body'), (7, 3, 'no_body'), (-1, 4, 'no_body'), (0, -1, 'no_body'),
           (4, 11, 'no_body'), (99, 1, 'no_body'), (2147483647, 2147483647, 'no_body'), (4, 0, 'empty')
  loop
    assert (select c.reason is not distinct from v_why from dot.fn_iu_import_check(jsonb_build_array(jsonb_build_object(
      'path', 'x.md', 'body_at', v_at, 'bytes', v_bytes, 'marks', jsonb_build_array(v_mark || jsonb_build_object('end', v_bytes)))), v_bodies) c),
      format('%s for %s bytes at %s', v_why, v_bytes, v_at);
  end loop;
  assert (select c.reason = 'no_body' from dot.fn_iu_import_check(
    '[{"path": "x.md", "body_at": 0, "bytes": 1, "marks": []}]') c), 'without bodies there is none';
end
$$;
