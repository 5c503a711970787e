create or replace function dot.fn_audit_coverage() returns table (relation text, how text)
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_function record;
begin
  for v_function in
    select p.oid::regproc as call from pg_proc p
     where p.pronamespace = 'dot'::regnamespace and p.proowner = 'dot_owner'::regrole and p.proname like 'fn\_tables\_%' and p.pronargs = 0 and p.provolatile = 'i'
     order by p.proname
  loop
    return query execute format('select c.relation, c.how from %s() c', v_function.call);
  end loop;
end
$$;
comment on function dot.fn_audit_coverage() is
  'How audit verify covers each table of the platform: the union of fn_tables_<domain>(), each in its domain.';
