do $$
declare
  v jsonb := dot.fn_row_image(jsonb_build_object('a', 1, 'b', 'secret', 'c', repeat('x', 600), 'd', 2, 'e', null), '{d}', '{b}');
begin
  perform test.equal(v -> 'a', '1'::jsonb);
  perform test.equal(v #>> '{b,sha256}', encode(sha256('"secret"'), 'hex'));
  perform test.equal(v #>> '{c,sha256}', encode(sha256(convert_to('"' || repeat('x', 600) || '"', 'UTF8')), 'hex'), 'a long one');
  perform test.equal(v -> 'e', 'null'::jsonb);
  assert not v ? 'd', 'left out';
  perform test.equal(dot.fn_row_image('{}', '{}', '{}'), '{}'::jsonb);
end
$$;
