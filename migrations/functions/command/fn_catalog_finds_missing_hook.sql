create or replace function dot.fn_catalog_finds_missing_hook(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select null, 'missing_hook', format('no function dot.%s(text, text), nor (uuid, jsonb), of dot_owner answers hook %s', h.function_name, h.hook)
    from dot.command_hook h
   where dot.fn_command_hooked(h.hook) is null
$$;
comment on function dot.fn_catalog_finds_missing_hook(jsonb) is
  'For fn_catalog_check: missing_hook, what the domain command asks of a higher domain, and no function of this database answers.';
