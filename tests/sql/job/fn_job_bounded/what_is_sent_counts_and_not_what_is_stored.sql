do $$
begin
  -- A few bytes each, a hundred thousand digits as text.
  perform test.raises('DT400', $x$ select dot.fn_job_enqueue('system.noop_leased', (select jsonb_agg(1e131000::numeric) from generate_series(1, 9))) $x$);
  create table public.big as select jsonb_build_object('x', repeat('a', 2000000)) as p;
  assert (select pg_column_size(p) < 100000 from public.big), 'it is stored compressed';
  perform test.raises('DT400', $x$ select dot.fn_job_enqueue('system.noop_leased', p) from public.big $x$);
  perform test.raises('DT400', $x$ select dot.fn_job_enqueue_many('system.noop_leased', array['{}', p]) from public.big $x$, 'element 2: %');
end
$$;
