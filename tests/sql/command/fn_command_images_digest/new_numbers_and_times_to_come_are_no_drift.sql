do $$
declare
  v_one jsonb;
  v_two jsonb;
  v     text;
begin
  foreach v in array array['job enqueue {"kind": "system.noop_leased"}', 'registry propose {"registry": "tags", "key": "grants", "owner": "ann", "purpose": "x", "entry": {"facet": "domain", "title": "T", "summary": "s"}}']
  loop
    v_one := test.perform(split_part(v, ' {', 1), ('{' || substr(v, position('{' in v) + 1))::json, 'dry_run', 1);
    v_two := test.perform(split_part(v, ' {', 1), ('{' || substr(v, position('{' in v) + 1))::json, 'dry_run', 1);
    perform test.equal(v_one -> 'plan', v_two -> 'plan', v);
  end loop;
end
$$;
