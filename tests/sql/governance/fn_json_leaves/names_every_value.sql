do $$
begin
  assert (select jsonb_object_agg(path, leaf) from dot.fn_json_leaves('{"a": [1, {"b": null}], "c": {}, "d": "x"}'))
    = '{"a.0": 1, "a.1.b": null, "c": {}, "d": "x"}', 'each with its path';
end
$$;
