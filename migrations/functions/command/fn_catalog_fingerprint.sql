create or replace function dot.fn_catalog_fingerprint() returns text
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_parts text;
  v_name  text;
  v_part  text;
begin
  select string_agg(k.command_code || ' ' || (to_jsonb(k) - 'synced_at' || jsonb_build_object('status', replace(k.status, 'deprecated', 'active')))::text, E'\n' order by k.command_code collate "C") into v_parts from dot.dot_command_catalog k;
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
  'The sha-256 (hex) over what a catalog sync leaves: commands (one that is deprecated, which only warns, is as it was), and what each function fn_catalog_fingerprint_<…>() of a higher domain gives. The outcome of every sync carries it, so that a later edit past the catalogue shows.';
