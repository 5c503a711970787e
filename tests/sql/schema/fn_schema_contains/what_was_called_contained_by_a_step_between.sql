-- What is proved by way of another reference falls with it.
do $$
declare
  v_case record;
begin
  for v_case in
    select * from (values
      ('{"$defs":{"C":{"items":{"$ref":"#/$defs/E"}},"E":{"maximum":99,"$comment":"longer"}},"items":{"$ref":"#/$defs/C"}}',
       '{"$defs":{"C":{"$ref":"#/$defs/D"},"D":{"items":{"$ref":"#/$defs/E"}},"E":{"maximum":9,"$comment":"longer"}},"items":{"$ref":"#/$defs/C"}}', '[[50]]'),
      ('{"required":["order"],"properties":{"order":{"$ref":"#/$defs/order"}},"$defs":{"order":{"type":"object","properties":{"id":{"$ref":"#/$defs/id"}}},"id":{"type":["integer","string"],"minimum":0,"maximum":1000}}}',
       '{"required":["order"],"properties":{"order":{"$ref":"#/$defs/order"}},"$defs":{"order":{"$ref":"#/$defs/order2"},"order2":{"type":"object","properties":{"id":{"$ref":"#/$defs/id"}}},"id":{"type":"integer","minimum":0,"maximum":1000}}}',
       '{"order":{"id":"s"}}'),
      -- A relative $id is resolved once.
      ('{"$id":"http://x/","type":"object","required":["p"],"properties":{"p":{"$id":"sub/","enum":[{"a":1}],"$ref":"#/$defs/q","unevaluatedProperties":false,"$defs":{"q":{"properties":{"a":true}},"r":{"$id":"sub/","$ref":"#/$defs/q","$defs":{"q":false}}}}}}',
       '{"type":"array"}', '{"p":{"a":1}}'),
      ('{"items":{"$id":"schemas/item","type":"object","$ref":"#/$defs/q","unevaluatedProperties":false,"$defs":{"q":{"properties":{"a":{"type":"integer"}}}}}}',
       '{"items":{"properties":{"a":{"type":"string"}}}}', '[{"a":1}]')) c(old, new, witness)
  loop
    assert dot.fn_schema_valid(v_case.old::jsonb, v_case.witness::jsonb) and not dot.fn_schema_valid(v_case.new::jsonb, v_case.witness::jsonb), v_case.witness;
    assert dot.fn_schema_contains(v_case.old::jsonb, v_case.new::jsonb) ->> 'verdict' in ('not_contained', 'unproven'), v_case.old;
  end loop;
end
$$;
