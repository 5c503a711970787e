do $$
declare
  v record := dot.fn_command_bodies('iu import', '{"documents": [{"path": "a", "body": "äb"}, {"path": "b", "error": {}}, {"path": "c", "body": "c", "bytes": 1}]}');
begin
  perform test.equal(v.bodies, 'äbc');
  perform test.equal(v.args -> 'documents', '[{"path": "a", "bytes": 3, "body_at": 0}, {"path": "b", "error": {}}, {"path": "c", "bytes": 1, "body_at": 3}]'::jsonb);
  v := dot.fn_command_bodies('gate set', '{"gate": "x"}');
  assert v.bodies is null and v.args = '{"gate": "x"}', v::text;
end
$$;
