create or replace function dot.fn_failure_class_of(p_sqlstate text) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce((
    select f.failure_class from dot.failure_class_registry f cross join lateral unnest(f.sqlstates) s
     where f.status = 'active' and (s = p_sqlstate or (length(s) = 2 and starts_with(p_sqlstate, s)))
     order by length(s) desc, f.failure_class limit 1), 'transient')
$$;
comment on function dot.fn_failure_class_of(text) is 'The failure class of a PostgreSQL error: by its whole code, else by its first two characters, else transient.';
