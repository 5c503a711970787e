create or replace function dot.fn_iu_link_target_exists(p_kind text, p_target text) returns boolean
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
begin
  return case p_kind
    when 'table' then to_regclass(p_target) is not null
    when 'column' then exists (
      select 1 from pg_attribute a
       where a.attrelid = to_regclass(substring(p_target from '^(.*)\.[^.]+$')) and a.attname = substring(p_target from '[^.]+$')
         and a.attnum > 0 and not a.attisdropped)
    when 'function' then exists (
      select 1 from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname || '.' || p.proname = p_target or (n.nspname = 'dot' and p.proname = p_target))
    when 'command' then exists (select 1 from dot.dot_command_catalog where command_code = p_target)
    else true end;
exception when invalid_name or syntax_error then
  return false;
end
$$;
comment on function dot.fn_iu_link_target_exists(text, text) is
  'Whether the target of a link exists. Steps, tasks, forms, outputs and rows are taken as named.';
