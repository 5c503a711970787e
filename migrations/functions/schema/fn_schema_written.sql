create or replace function dot.fn_schema_written(p_writer jsonb, p_reader jsonb, p_strict jsonb, p_documents jsonb default null) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_closed jsonb;
begin
  -- What writers may send is valid under the schema as written, and so whatever holds of that holds of them.
  if p_strict ->> 'verdict' = 'compatible' then
    return p_strict;
  end if;
  v_closed := dot.fn_schema_closed(p_writer);
  if v_closed = p_writer then
    return p_strict;
  elsif p_strict ? 'witness' and dot.fn_schema_valid(v_closed, p_strict -> 'witness', p_documents) then
    return p_strict;
  end if;
  return dot.fn_schema_verdict(v_closed, p_reader, p_documents, dot.fn_schema_closing(p_writer, v_closed));
end
$$;
comment on function dot.fn_schema_written(jsonb, jsonb, jsonb, jsonb) is
  'One direction of a compatibility as fn_schema_verdict gives it, of what writers are held to under p_writer (fn_schema_closed, fn_schema_closing), for readers that take p_reader as written. p_strict: the verdict on both as written.';
