create or replace function dot.fn_schema_accepted() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(jsonb_object_agg(a.object, a.definition), '{}')
    from (
      select distinct on (d.one ->> 'object') d.one ->> 'object' as object, d.one -> 'live' as definition
        from dot.dot_command_catalog k join dot.dot_command_run r on r.command_code = k.command_code
       cross join jsonb_array_elements(r.outcome -> 'accepted') with ordinality d(one, n)
       where k.source = 'binary' and k.spec -> 'duties' ? 'apply_proposal' and r.state = 'succeeded' and r.mode <> 'read' and r.outcome ->> 'kind' = 'schema_accept'
       order by d.one ->> 'object', r.finished_at desc, d.n desc) a
$$;
comment on function dot.fn_schema_accepted() is
  'What people have accepted of the schema that no file makes: {object: its definition, null where it is gone}, of each object the last. It is the object only while that is its definition.';
