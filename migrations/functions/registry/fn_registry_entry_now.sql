create or replace function dot.fn_registry_entry_now(p_registry text, p_key text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_registry dot.registry_catalog;
  v_row      jsonb;
begin
  select * into v_registry from dot.registry_catalog where registry_code = p_registry;
  execute format('select to_jsonb(t.*) from dot.%I t where t.%I::text = $1', v_registry.table_name, v_registry.key_column) into v_row using p_key;
  return v_row;
end
$$;
comment on function dot.fn_registry_entry_now(text, text) is 'The row of one entry of a registry as it is now; null when there is none.';
