do $$
declare
  v_found constant text := $q$select string_agg(object || ': ' || detail, '; ' order by object) from dot.fn_audit_finds_compiled_edited()$q$;
  v_name  text := dot.fn_schema_compile('{"type": "string", "maxLength": 7}');
  v       text;
begin
  execute v_found into v;
  perform test.equal(v, null);
  execute format('create or replace function %s(v jsonb) returns boolean language sql immutable as ''select true''', v_name);
  create function dot_compiled.of_nobody() returns boolean language sql as 'select true';
  execute v_found into v;
  perform test.equal(v, format('dot_compiled.of_nobody(): the platform did not make it; %s(jsonb): it is not as the platform made it', v_name));
end
$$;
