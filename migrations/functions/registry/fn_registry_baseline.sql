create or replace function dot.fn_registry_baseline(p_registry dot.registry_catalog) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
  set timezone = 'UTC' set datestyle = 'ISO, YMD' set intervalstyle = 'postgres'
as $$
begin
  execute format('insert into dot.registry_entry_history (registry_code, entry_key, run_id, image, changed_at)
      select $1, dot.fn_registry_key($2, to_jsonb(t.*)), dot.fn_run_current(), to_jsonb(t.*), dot.fn_clock_now() from %s t', dot.fn_registry_table(p_registry))
    using p_registry.registry_code, coalesce(nullif(p_registry.identity, '{}'), array[p_registry.key_column]);
end
$$;
comment on function dot.fn_registry_baseline(dot.registry_catalog) is
  'Writes the entries that a registry has into the history, as the run at hand finds them: the start of a history, for a table that had entries before it was recorded.';
