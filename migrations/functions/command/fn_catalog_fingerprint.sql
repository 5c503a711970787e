create or replace function dot.fn_catalog_fingerprint() returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  with part(kind, name, content) as (
    select 'command', k.command_code, (to_jsonb(k) - 'synced_at')::text from dot.dot_command_catalog k
    union all
    -- A setting's value moves by itself, with its history; what it was at first belongs to the declaration.
    select 'setting', c.config_key, (to_jsonb(c) - 'value' - 'updated_at' - 'updated_by')::text || coalesce(
             (select h.old_value from dot.dot_config_history h where h.config_key = c.config_key order by h.history_id limit 1), c.value)::text
      from dot.dot_config c
    union all
    select 'error', e.code, to_jsonb(e)::text from dot.dot_error e
  )
  select encode(sha256(convert_to(string_agg(kind || ' ' || name || ' ' || content, E'\n' order by kind, name collate "C"), 'UTF8')), 'hex') from part
$$;
comment on function dot.fn_catalog_fingerprint() is
  'The sha-256 (hex) over what a catalog sync leaves: commands, settings without the changes that their history tells, error codes. The outcome of every sync carries it, so that a later edit past the catalogue shows.';
