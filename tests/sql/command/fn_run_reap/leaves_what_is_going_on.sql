do $$
begin
  assert dot.fn_run_reap() @> '{"abandoned": 0}';
end
$$;
