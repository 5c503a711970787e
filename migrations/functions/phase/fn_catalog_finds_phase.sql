create or replace function dot.fn_catalog_finds_phase(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select null, 'missing_gate', format('Phase %s opens gate %s, which is not declared in this database', p.phase_code, s.gate)
    from dot.phase_registry p cross join lateral dot.fn_phase_steps(p.phase_code) s where not s.declared
  union all
  select null, 'missing_function', format('Phase %s names function dot.%s(%s), which does not exist', p.phase_code, f.name, f.arguments)
    from dot.phase_registry p
    cross join lateral (
      select p.exercise_function, '' where p.exercise_function <> ''
      union all select s.trial, 'text' from dot.fn_phase_steps(p.phase_code) s where s.trial is not null
      union all select s.turn, 'boolean, boolean' from dot.fn_phase_steps(p.phase_code) s where s.turn is not null) f(name, arguments)
   where p.status = 'active' and not exists (
     select 1 from pg_proc q where q.proname = f.name and q.pronamespace = 'dot'::regnamespace and oidvectortypes(q.proargtypes) = f.arguments)
$$;
comment on function dot.fn_catalog_finds_phase(jsonb) is
  'For fn_catalog_check: missing_gate and missing_function, gates and functions that the declaration of a phase names and that are not there.';
