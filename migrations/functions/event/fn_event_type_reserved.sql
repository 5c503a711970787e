create or replace function dot.fn_event_type_reserved(p_reserved jsonb, p_old jsonb, p_new jsonb) returns jsonb
language sql immutable set search_path = dot, pg_temp
as $$
  select coalesce(jsonb_object_agg(g.place, g.names), '{}') from (
    select x.place, jsonb_object_agg(x.name, x.schema) as names
      from (
        select distinct on (r.place, r.name) r.place, r.name, r.schema from (
          select 1 as rank, m.place, m.name, m.schema from dot.fn_schema_members(p_old) m
          union all
          select 2, p.key, n.key, n.value from jsonb_each(p_reserved) p cross join lateral jsonb_each(p.value) n) r
         order by r.place, r.name, r.rank) x
     where not exists (select 1 from dot.fn_schema_members(p_new) m where m.place = x.place and m.name = x.name)
     group by x.place) g
$$;
comment on function dot.fn_event_type_reserved(jsonb, jsonb, jsonb) is
  'The property names that are reserved after p_new follows p_old: those removed, now or before (p_reserved), and not there again. {JSON Pointer: {name: its last schema}}.';
