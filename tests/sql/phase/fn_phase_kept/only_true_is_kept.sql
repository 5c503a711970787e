do $$
declare
  v jsonb := dot.fn_phase_kept('[
    {"promise": "true", "query": "select true as kept, 7 as seen"}, {"promise": "false", "query": "select false as kept"},
    {"promise": "null", "query": "select null::boolean as kept"}, {"promise": "no rows", "query": "select true as kept where false"},
    {"promise": "two rows", "query": "select true as kept union all select true"}, {"promise": "another type", "query": "select 1 as kept"},
    {"promise": "raises", "query": "select 1 / 0 = 0 as kept"}, {"promise": "after it", "query": "select true as kept"}]');
begin
  assert (select array_agg(c ->> 'promise') from jsonb_array_elements(v) c where c -> 'kept' = 'true') = array['true', 'after it'], v::text;
  assert v #>> '{0,evidence,seen}' = '7', 'the other columns are the evidence';
  assert v #>> '{6,evidence,error}' like 'division by zero%' and v #>> '{6,evidence,query}' like 'select 1 / 0%', 'what raises is named: ' || v::text;
end
$$;
