create or replace function dot.fn_catalog_check(p_commands jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_given    jsonb := dot.fn_catalog_given(p_commands);
  v_function record;
  v_found    jsonb;
  v_findings jsonb := '[]'::jsonb;
begin
  for v_function in
    select p.oid::regproc as call, p.proname from pg_proc p
     where p.pronamespace = 'dot'::regnamespace and p.proowner = 'dot_owner'::regrole and p.proname like 'fn\_catalog\_finds\_%'
       and oidvectortypes(p.proargtypes) = 'jsonb' and p.provolatile <> 'v'
     order by p.proname
  loop
    begin
      execute format('select coalesce(jsonb_agg(jsonb_build_object(''command'', f.command, ''finding'', f.finding, ''detail'', f.detail)), ''[]'') from %s($1) f', v_function.call)
        into v_found using v_given;
    exception when others then
      -- One that cannot look hides none of the others, and is no proof that there is nothing.
      v_found := jsonb_build_array(jsonb_build_object('command', null, 'finding', 'check_failed', 'detail', format('%s: %s (%s)', v_function.proname, sqlerrm, sqlstate)));
    end;
    v_findings := v_findings || v_found;
  end loop;
  return jsonb_build_object('ok', v_findings = '[]', 'commands', jsonb_array_length(v_given),
    'findings', (select coalesce(jsonb_agg(f order by f ->> 'command' nulls last, f ->> 'finding', f ->> 'detail'), '[]') from jsonb_array_elements(v_findings) f));
end
$$;
comment on function dot.fn_catalog_check(jsonb) is
  'Compares command declarations [{spec, digest}] with pg_proc (existence, names, types, defaults, result, volatility, security, search_path, grants), with the database''s catalogue, and finds reachable functions without a command: the union of every function fn_catalog_finds_<finding>(jsonb) of the platform, each in the domain of what it looks at, given what fn_catalog_given makes of the declarations. check_failed is one that could not look. Returns {ok, commands, findings: [{command, finding, detail}]}.';
