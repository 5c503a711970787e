create or replace function dot.fn_phase_function(p_name text, p_arguments text) returns regproc
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_function regproc;
begin
  select p.oid into v_function from pg_proc p
   where p.proname = p_name and p.proname like 'fn\_phase%' and p.pronamespace = 'dot'::regnamespace and p.proowner = 'dot_owner'::regrole
     and oidvectortypes(p.proargtypes) = p_arguments and p.prorettype = 'jsonb'::regtype and not p.proretset;
  if not found then
    raise exception using errcode = 'DT505', message = format('a phase names function dot.%s(%s), which is none of this database', p_name, p_arguments), hint = 'Run: dot migrate apply';
  end if;
  return v_function;
end
$$;
comment on function dot.fn_phase_function(text, text) is
  'The function that a declaration of a phase names: fn_phase…, of schema dot and dot_owner, with these arguments, returning one jsonb. DT505 where there is none.';
