create or replace function dot.fn_audit_objects()
returns table (finding text, object text, run_id uuid, detail text)
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on set jit = off
as $$
declare
  v_function record;
begin
  for v_function in
    select p.oid::regproc as call, p.proname from pg_proc p
     where p.pronamespace = 'dot'::regnamespace and p.proowner = 'dot_owner'::regrole and p.proname like 'fn\_audit\_finds\_%'
       and p.pronargs = 0 and p.provolatile <> 'v'
     order by p.proname
  loop
    begin
      return query execute format('select f.finding, f.object, f.run_id, f.detail from %s() f', v_function.call);
    exception when others then
      -- One that cannot look hides none of the others, and is no proof that there is nothing.
      return query select 'check_failed', v_function.proname::text, null::uuid, format('%s (%s)', sqlerrm, sqlstate);
    end;
  end loop;
end
$$;
comment on function dot.fn_audit_objects() is
  'Governed objects that are not as their last audited change left them: the union of every function fn_audit_finds_<finding>() of the platform, each in the domain of what it looks at; each with the run that is the last to have spoken of it. check_failed is one that could not look. Trusts the runs, which dot audit verify checks against the sealed log.';
