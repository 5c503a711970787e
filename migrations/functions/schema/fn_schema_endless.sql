create or replace function dot.fn_schema_endless(p_link jsonb) returns text
language sql immutable set search_path = dot, pg_temp
as $$
  with recursive part(key, base, schema) as (
    select r.key, r.value ->> 'base', r.value -> 'schema' from jsonb_each(p_link -> 'refs') r
    union all
    -- What applies to the very value that the schema applies to.
    select p.key, case when jsonb_typeof(c.child -> '$id') = 'string' then regexp_replace(dot.fn_schema_uri(p.base, c.child ->> '$id'), '#$', '') else p.base end, c.child
      from part p
     cross join lateral dot.fn_schema_children(p.schema) c
     where c.path[1] in ('allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas') and jsonb_typeof(c.child) = 'object'
  ),
  edge as (
    select distinct p.key as "from", p.base || ' ' || (p.schema ->> k) as "to"
      from part p cross join unnest(array['$ref', '$dynamicRef']) k where jsonb_typeof(p.schema) = 'object' and jsonb_typeof(p.schema -> k) = 'string'
  ),
  way("from", "to") as (
    select e."from", e."to" from edge e
    union
    select w."from", e."to" from way w join edge e on e."from" = w."to"
  )
  select min(w."from") from way w where w."from" = w."to"
$$;
comment on function dot.fn_schema_endless(jsonb) is
  'A reference of a link (fn_schema_link) that leads back to itself without leading into a part of the value, as "<base> <reference>", or null. Such a schema decides nothing.';
