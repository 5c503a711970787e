create or replace function dot.fn_command_constraints() returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_names text;
begin
  -- All but the one that refuses to commit a run that is not finished, as a rehearsal never is, and the one that draws its number.
  select string_agg(distinct format('%I.%I', n.nspname, c.conname), ', ') into v_names
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace
   where c.condeferrable and has_schema_privilege(n.oid, 'usage')
     and not (n.nspname = 'dot' and c.conname in ('must_finish', 'number'));
  if v_names is not null then
    execute 'set constraints ' || v_names || ' immediate';
  end if;
end
$$;
comment on function dot.fn_command_constraints() is
  'Checks every deferred constraint now, but for must_finish and number: at the end of a rehearsal, which will be rolled back.';
