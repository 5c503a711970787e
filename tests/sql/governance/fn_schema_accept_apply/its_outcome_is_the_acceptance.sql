do $$
begin
  perform test.equal(dot.fn_schema_accept_apply('{"differences": [{"object": "a", "accounted": null, "live": "2"}]}'),
    '{"accepted": [{"object": "a", "accounted": null, "live": "2"}]}'::jsonb);
end
$$;
