do $$
begin
  perform test.raises('DT400', $x$ select dot.fn_problems('weather') $x$);
  perform test.raises('DT400', $x$ select dot.fn_problems('workflows') $x$);
  assert dot.fn_problems() @> '{"ok": true, "problems": [], "categories": {"dlq": "0", "workflows": "not measured"}}', dot.fn_problems()::text;
  perform test.equal(dot.fn_problems('lag') -> 'categories', '{"lag": "0"}'::jsonb, 'one of them');
  set local role dot_owner;
  create or replace function dot.fn_problems_event() returns table (category text, signal text, since timestamptz, count bigint, what text, cure text)
    language sql stable security definer set search_path = dot, pg_temp as $f$ select 'lag', 'x', null::timestamptz, (1 / (random() * 0)::int)::bigint, 'x', 'x' $f$;
  reset role;
  assert dot.fn_problems() @> '{"ok": false, "categories": {"integrity": "1"}, "problems": [{"signal": "check_failed"}]}', dot.fn_problems()::text;
  assert dot.fn_health() @> '{"ok": false}';
end
$$;
