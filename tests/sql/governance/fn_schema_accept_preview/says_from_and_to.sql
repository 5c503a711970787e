do $$
begin
  perform test.equal(
    dot.fn_schema_accept_preview('{"differences": [{"object": "b", "accounted": "1", "live": "2"}, {"object": "a", "accounted": null, "live": "2"}, {"object": "c", "accounted": "1", "live": null}]}'),
    '{"differences": [{"object": "a", "change": "added", "from": null, "to": "2"}, {"object": "b", "change": "changed", "from": "1", "to": "2"},
      {"object": "c", "change": "removed", "from": "1", "to": null}]}'::jsonb);
end
$$;
