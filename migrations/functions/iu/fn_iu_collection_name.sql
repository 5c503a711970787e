create or replace function dot.fn_iu_collection_name(p_collection text) returns void
language plpgsql immutable set search_path = dot, pg_temp
as $$
begin
  if p_collection !~ '^[a-z0-9]+(-[a-z0-9]+)*$' then
    raise exception using errcode = 'DT400', message = format('invalid collection name %L', p_collection),
      hint = 'Lower-case letters and digits, joined by single dashes.';
  end if;
end
$$;
comment on function dot.fn_iu_collection_name(text) is 'DT400 for what is no name for a collection.';
