create or replace function dot.fn_phase_validate(p_entry jsonb) returns text
language sql immutable set search_path = dot, pg_temp
as $$
  with query(place, query) as (
    select 'facts.' || f.key, f.value from jsonb_each(p_entry -> 'facts') f
    union all select 'residue.' || r.key, r.value from jsonb_each(p_entry -> 'residue') r
    union all select 'a check', c -> 'query' from jsonb_array_elements(p_entry -> 'checks') c
    union all select 'a forbidden item', f -> 'query' from jsonb_array_elements(p_entry -> 'forbidden') f
    union all select 'before ' || (s ->> 'gate'), b -> 'query' from jsonb_array_elements(p_entry -> 'steps') s, jsonb_array_elements(coalesce(s -> 'before', '[]')) b
    union all select 'report', r -> 'query' from jsonb_array_elements(p_entry -> 'report') r where not r ? 'rows'
  )
  select coalesce(
    (select format('%s has no query that is a text', q.place) from query q where jsonb_typeof(q.query) is distinct from 'string' limit 1),
    (select format('the query of %s is more than one statement', q.place) from query q where q.query #>> '{}' like '%;%' limit 1),
    (select 'a step has no gate, or does not say what it turns on' from jsonb_array_elements(p_entry -> 'steps') s
      where jsonb_typeof(s -> 'gate') is distinct from 'string' or jsonb_typeof(s -> 'turns_on') is distinct from 'string' limit 1),
    (select format('gate %s is in two steps', s ->> 'gate') from jsonb_array_elements(p_entry -> 'steps') s group by s ->> 'gate' having count(*) > 1 limit 1),
    (select format('a step has no member %s', k) from jsonb_array_elements(p_entry -> 'steps') s, jsonb_object_keys(s) k
      where k not in ('gate', 'turns_on', 'before', 'trial', 'turn') limit 1),
    (select 'a check does not say what it promises' from (
       select c from jsonb_array_elements(p_entry -> 'checks') c
       union all select b from jsonb_array_elements(p_entry -> 'steps') s, jsonb_array_elements(coalesce(s -> 'before', '[]')) b) x
      where jsonb_typeof(x.c -> 'promise') is distinct from 'string' limit 1),
    (select 'a forbidden item does not say what must not be' from jsonb_array_elements(p_entry -> 'forbidden') f where jsonb_typeof(f -> 'item') is distinct from 'string' limit 1),
    (select 'a section of the report has no title or no columns' from jsonb_array_elements(p_entry -> 'report') r
      where jsonb_typeof(r -> 'title') is distinct from 'string' or jsonb_typeof(r -> 'columns') is distinct from 'array' limit 1),
    (select format('needs has no member %s', k) from jsonb_object_keys(p_entry -> 'needs') k where k not in ('tables', 'functions', 'views', 'entries') limit 1))
$$;
comment on function dot.fn_phase_validate(jsonb) is 'What is wrong with the declaration of a phase, in words; null when nothing is. For the registry phases.';
