-- squawk-ignore-file ban-drop-function
set local role dot_owner;
-- What was compiled with an asserted format calls what goes: the interpreter serves until it is compiled anew.
do $$
declare
  v_made text[] := array(
    select 'dot_compiled.' || c.proname from pg_proc c
     where c.pronamespace = to_regnamespace('dot_compiled') and exists (
       select 1 from pg_depend d join pg_proc f on f.oid = d.refobjid and d.refclassid = 'pg_proc'::regclass
        where d.classid = 'pg_proc'::regclass and d.objid = c.oid and f.proname like 'fn\_schema\_format\_%'));
  v_name text;
begin
  if v_made <> '{}' then
    alter table dot.event_type_registry disable trigger admit;
    update dot.event_type_registry set validator = null where validator = any (v_made);
    alter table dot.event_type_registry enable always trigger admit;
    foreach v_name in array v_made loop
      execute format('drop function %s(jsonb)', v_name);
      delete from dot.schema_compiled where function_name = v_name || '(jsonb)';
    end loop;
  end if;
end
$$;
drop function if exists dot.fn_event_type_register(text, text, text, text, text, text, text, text[], text, text);
drop function if exists dot.fn_event_type_judge(text, text, jsonb, text, text, boolean, text);
drop function if exists dot.fn_event_type_current(text, text);
drop function if exists dot.fn_schema_compat_check(text, text, text, text, text, boolean, int, text);
drop function if exists dot.fn_schema_validate(text, text, jsonb, text);
drop function if exists dot.fn_schema_bare(jsonb, boolean);
drop function if exists dot.fn_schema_asserting(jsonb, text), dot.fn_schema_dialect_asserting(), dot.fn_schema_formats_kept(jsonb, boolean), dot.fn_schema_formats_known(),
  dot.fn_schema_format_holds(text, text), dot.fn_schema_format_samples(), dot.fn_schema_format_date(text), dot.fn_schema_format_time(text), dot.fn_schema_format_date_time(text),
  dot.fn_schema_format_duration(text), dot.fn_schema_format_email(text), dot.fn_schema_format_hostname(text), dot.fn_schema_format_ipv4(text), dot.fn_schema_format_ipv6(text),
  dot.fn_schema_format_uri(text), dot.fn_schema_format_uri_reference(text), dot.fn_schema_format_uuid(text), dot.fn_schema_format_json_pointer(text), dot.fn_schema_format_regex(text),
  dot.fn_schema_idna_label(text), dot.fn_schema_punycode(text);
alter table dot.event_type_registry drop column formats;
reset role;
