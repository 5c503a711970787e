create or replace function dot.fn_schema_nodes(p_schema jsonb, p_document text, p_base text, p_path text[] default '{}', p_dialect text default null)
returns table (document text, path text[], base text, is_resource boolean, dialect text, schema jsonb)
language sql immutable set search_path = dot, pg_temp
as $$
  with recursive node(path, base, is_resource, dialect, schema) as (
    select p_path, coalesce(regexp_replace(dot.fn_schema_uri(p_base, p_schema ->> '$id'), '#$', ''), p_base), true,
           coalesce(p_schema ->> '$schema', p_dialect), p_schema
    union all
    select n.path || c.path, i.base, i.base is distinct from n.base,
           case when i.base is distinct from n.base then coalesce(c.child ->> '$schema', n.dialect) else n.dialect end, c.child
      from node n
     cross join lateral dot.fn_schema_children(n.schema) c
     cross join lateral (select case when jsonb_typeof(c.child -> '$id') = 'string' then regexp_replace(dot.fn_schema_uri(n.base, c.child ->> '$id'), '#$', '') else n.base end as base) i
     where jsonb_typeof(c.child) in ('object', 'boolean')
  )
  select p_document, n.path, n.base, n.is_resource, n.dialect, n.schema from node n
$$;
comment on function dot.fn_schema_nodes(jsonb, text, text, text[], text) is
  'Every subschema of a document that is called p_document and lies at p_path of it: its path from the document''s root, the URI of the schema resource it belongs to (its base), whether it is the root of that resource, the dialect that $schema gives, and itself.';
