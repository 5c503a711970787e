create or replace function dot.fn_registry_guard(p_registry dot.registry_catalog) returns boolean
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_guard record;
  v_made  boolean := false;
begin
  for v_guard in select * from dot.fn_registry_guards(p_registry) g where not g.is_there loop
    perform dot.fn_registry_table(p_registry);
    execute format('create or replace trigger %I %s on %s for each row execute function dot.%I(%s)', v_guard.name,
      case v_guard.name when 'birth' then 'before insert or update' else 'after insert or update or delete' end, v_guard.relation, v_guard.function_name,
      (select string_agg(quote_literal(a), ', ' order by n) from unnest(v_guard.arguments) with ordinality x(a, n)));
    execute format('alter table %s enable always trigger %I', v_guard.relation, v_guard.name);
    -- What was there before anything was recorded is where its history starts; once it has one, there is no other start.
    if v_guard.name = 'record' and not exists (select 1 from dot.registry_entry_history h where h.registry_code = p_registry.registry_code) then
      perform dot.fn_registry_baseline(p_registry);
    end if;
    v_made := true;
  end loop;
  return v_made;
end
$$;
comment on function dot.fn_registry_guard(dot.registry_catalog) is
  'Gives the table of a living registry the triggers that its declaration asks for (fn_registry_guards), where it does not have them, and starts the history of its entries. Returns whether it had to. DT409 where the table is not as declared.';
