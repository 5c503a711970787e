do $$
begin
  perform test.equal(dot.fn_phase_count(dot.fn_phase_ask('select 0')), 0::bigint);
  perform test.equal(dot.fn_phase_count(dot.fn_phase_ask('select count(*) from generate_series(1, 3)')), 3::bigint);
  perform test.equal((select array_agg(dot.fn_phase_count(dot.fn_phase_ask(q))) from unnest(array[
    'select 9 as cases, 0 as n', 'select 0 as n union all select 7', 'select 0.4', 'select null::bigint', 'select -1', 'select true', 'select 1 where false', 'select 1 / 0']) q),
    array_fill(null::bigint, array[8]));
end
$$;
