create or replace function dot.fn_catalog_fingerprint() returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_parts text;
  v_name  text;
  v_part  text;
begin
  select string_agg(p.kind || ' ' || p.name || ' ' || p.content, E'\n' order by p.kind, p.name collate "C") into v_parts
    from (
      select 'command' as kind, k.command_code as name, (to_jsonb(k) - 'synced_at')::text as content from dot.dot_command_catalog k
      union all
      -- A setting's value moves by itself, with its history; what it was at first belongs to the declaration.
      select 'setting', c.config_key, (to_jsonb(c) - 'value' - 'updated_at' - 'updated_by')::text || coalesce(
               (select h.old_value from dot.dot_config_history h where h.config_key = c.config_key order by h.history_id limit 1), c.value)::text
        from dot.dot_config c
      union all
      select 'error', e.code, to_jsonb(e)::text from dot.dot_error e) p;
  -- The domains above bring a function for what else a sync leaves behind.
  for v_name in
    select p.proname from pg_proc p where p.pronamespace = 'dot'::regnamespace and p.proname like 'fn\_catalog\_fingerprint\_%' order by 1
  loop
    execute format('select dot.%I()', v_name) into v_part;
    v_parts := concat_ws(E'\n', v_parts, v_name || ' ' || v_part);
  end loop;
  return encode(sha256(convert_to(coalesce(v_parts, ''), 'UTF8')), 'hex');
end
$$;
comment on function dot.fn_catalog_fingerprint() is
  'The sha-256 (hex) over what a catalog sync leaves: commands, settings without the changes that their history tells, error codes, and what each function fn_catalog_fingerprint_<registry>() gives. The outcome of every sync carries it, so that a later edit past the catalogue shows.';
