create or replace function dot.fn_registry_apply(p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_code     text := p_payload ->> 'registry';
  v_key      text := p_payload ->> 'key';
  v_registry dot.registry_catalog;
  v_entry    jsonb;
  v_columns  text;
  v_set      text;
begin
  select * into v_registry from dot.registry_catalog where registry_code = v_code;
  v_entry := (p_payload -> 'entry') || jsonb_build_object(v_registry.key_column, v_key);
  -- Where entries say what they were approved by.
  if exists (select 1 from pg_attribute a where a.attrelid = to_regclass('dot.' || quote_ident(v_registry.table_name)) and a.attname = 'approval_id' and not a.attisdropped) then
    v_entry := v_entry || jsonb_build_object('approval_id', (select p.approval_id from dot.proposal p where p.proposal_id = dot.fn_proposal_current()));
  end if;
  select string_agg(quote_ident(k), ', '), string_agg(format('%1$I = excluded.%1$I', k), ', ') filter (where k <> v_registry.key_column)
    into v_columns, v_set from jsonb_object_keys(v_entry) k;
  perform dot.fn_context_put('birth', jsonb_build_object('source', 'proposal', 'registry', v_code, 'key', v_key, 'owner', p_payload -> 'owner',
    'purpose', p_payload -> 'purpose', 'proposal', dot.fn_proposal_current())::text);
  execute format('insert into dot.%1$I (%2$s) select %2$s from jsonb_populate_record(null::dot.%1$I, $1) on conflict (%3$I) do %4$s',
    v_registry.table_name, v_columns, v_registry.key_column, coalesce('update set ' || v_set, 'nothing')) using v_entry;
  perform set_config('dot.birth', '', true);
  return jsonb_build_object('registry', v_code, 'key', v_key, 'entry', dot.fn_registry_entry_now(v_code, v_key));
end
$$;
comment on function dot.fn_registry_apply(jsonb) is
  'Writes the entry of an approved proposal of kind registry_entry, through the birth gate; for fn_proposal_apply. Returns {registry, key, entry}. A value that the table refuses is PostgreSQL''s own error, and nothing is changed.';
