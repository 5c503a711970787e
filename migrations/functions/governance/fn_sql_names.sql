create or replace function dot.fn_sql_names(p_text text, p_name text) returns boolean
language sql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  -- A name of letters stands by itself, quoted or not; any other, as of an operator, may stand beside anything.
  select case when lower(p_name) ~ '^[a-z0-9_$]+$'
    then replace(p_text, '""', '"') ~ ('(^|[^a-z0-9_$])' || replace(lower(p_name), '$', '\$') || '($|[^a-z0-9_$])')
    else position(lower(p_name) in p_text) > 0 or position(lower(p_name) in replace(p_text, '""', '"')) > 0 end
$$;
comment on function dot.fn_sql_names(text, text) is
  'Whether a text of SQL, in lower case, may name an object of this name, in whatever case and quoting: true rather too often.';
