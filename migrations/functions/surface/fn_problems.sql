create or replace function dot.fn_problems(p_category text default null) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  -- In the order in which they are shown; whether anything measures it yet.
  c_categories constant text[] := array['dlq', 'silent', 'overdue', 'schema', 'lag', 'integrity', 'cuts', 'workflows'];
  c_measured   constant text[] := c_categories[1:7];
  v_function   record;
  v_rows       jsonb := '[]'::jsonb;
  v_found      jsonb;
begin
  if p_category <> all (c_categories) then
    raise exception using errcode = 'DT400', message = format('there is no category %s', p_category), hint = 'Categories: ' || array_to_string(c_categories, ', ');
  end if;
  -- Of what nothing measures it is not known, which is no sign of health.
  if p_category <> all (c_measured) then
    raise exception using errcode = 'DT400', message = format('nothing measures %s yet: whether anything is wrong there is not known', p_category),
      hint = 'Measured are: ' || array_to_string(c_measured, ', ');
  end if;
  for v_function in
    select p.oid::regproc as call, p.proname from pg_proc p
     where p.pronamespace = 'dot'::regnamespace and p.proowner = 'dot_owner'::regrole and p.proname like 'fn\_problems\_%'
       and p.pronargs = 0 and p.provolatile <> 'v'
     order by p.proname
  loop
    begin
      execute format('select coalesce(jsonb_agg(to_jsonb(f)), ''[]'') from %s() f', v_function.call) into v_found;
    exception when others or assert_failure then
      -- What cannot be looked at is no sign of health.
      v_found := jsonb_build_array(jsonb_build_object('category', 'integrity', 'signal', 'check_failed', 'since', null, 'count', 1,
        'what', format('%s cannot look: %s (%s)', v_function.proname, sqlerrm, sqlstate), 'cure', 'dot migrate verify'));
    end;
    v_rows := v_rows || v_found;
  end loop;
  v_found := (
    select coalesce(jsonb_agg(jsonb_build_object('category', r ->> 'category', 'what', r ->> 'what', 'since', r -> 'since', 'count', r -> 'count', 'cure', r ->> 'cure', 'signal', r ->> 'signal')
             order by array_position(c_categories, r ->> 'category'), r ->> 'since' nulls last, r ->> 'what'), '[]')
      from jsonb_array_elements(v_rows) r where p_category is null or r ->> 'category' = p_category);
  return jsonb_build_object(
    'ok', v_found = '[]', 'measured_at', clock_timestamp(), 'problems', v_found,
    'categories', (
      select jsonb_object_agg(c, case when c <> all (c_measured) then 'not measured' else (select count(*)::text from jsonb_array_elements(v_found) r where r ->> 'category' = c) end)
        from unnest(c_categories) c where p_category is null or c = p_category))
    -- It takes seconds, so it is left to who asks for it.
    || case when p_category is null or p_category = 'integrity' then jsonb_build_object('not_looked_at', jsonb_build_array(jsonb_build_object(
         'what', 'the audit against its sealed log, and every row against its record', 'since', dot.fn_audit_verified(), 'look', 'dot audit verify'))) else '{}' end;
end
$$;
comment on function dot.fn_problems(text) is
  'What is wrong now, in the whole platform or in one category (dlq, silent, overdue, schema, lag, integrity, cuts, workflows): {ok: nothing is, measured_at, problems: [{category, what, since, count, cure: the command that ends or explains it, signal}], categories: {category: how many problems, or not measured}, not_looked_at: [{what, since: when it was looked at last, look: the command that does}]}. The union of every function fn_problems_<domain>() of the platform; one that fails is a problem. DT400 for another category, and for one alone that nothing measures.';
