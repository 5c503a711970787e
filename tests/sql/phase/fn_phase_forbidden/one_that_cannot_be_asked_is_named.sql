select set_config('dot.birth', '{"source": "catalog"}', true);
insert into dot.phase_registry (phase_code, title, summary, forbidden) values ('97', 'Scratch', 'scratch', '[
  {"item": "none", "query": "select count(*) from dot.dot_config where false"}, {"item": "some", "query": "select count(*) from dot.dot_config"},
  {"item": "raises", "query": "select count(*) from dot.no_such_table"}, {"item": "null", "query": "select null::bigint"},
  {"item": "no rows", "query": "select 1 where false"}, {"item": "after them", "query": "select 0"}]');
do $$
declare
  v text[] := array(select item || case when ok then ' ok' when error is null then ' found' else ' error' end from dot.fn_phase_forbidden('97'));
begin
  assert v = array['none ok', 'some found', 'raises error', 'null error', 'no rows error', 'after them ok'], v::text;
  assert (select error like '%no_such_table%' from dot.fn_phase_forbidden('97') where item = 'raises'), 'with what it raised';
end
$$;
