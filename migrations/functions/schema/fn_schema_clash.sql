create or replace function dot.fn_schema_clash(p_links jsonb, p_atoms jsonb, p_budget int) returns dot.schema_found
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_has   text[] := array(select distinct a #>> '{s,required,0}' from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 'n' = 'false' and a -> 's' ? 'required');
  v_rule  jsonb;
  v_name  text;
begin
  if exists (select 1 from jsonb_array_elements(p_atoms) a where a ->> 'k' = 'atom' and a -> 'n' = 'true' and a #>> '{s,required,0}' = any (v_has)) then
    return row('proved', null, null, p_budget)::dot.schema_found;
  end if;
  for v_rule in select a from jsonb_array_elements(p_atoms) a where cardinality(v_has) between 1 and 8 and a ->> 'k' = 'atom' and a -> 'n' = 'false' and a -> 's' ?| array['propertyNames', 'additionalProperties'] loop
    foreach v_name in array v_has loop
      if (case
        when v_rule -> 's' ? 'propertyNames' then not dot.fn_schema_holds(p_links, jsonb_build_array((v_rule || jsonb_build_object('s', v_rule #> '{s,propertyNames}')) - 'k'), to_jsonb(v_name))
        else v_rule #> '{s,additionalProperties}' = 'false' and not v_rule #> '{s,properties}' ? v_name and v_rule #> '{s,patternProperties}' = '{}' end)
      then
        return row('proved', null, null, p_budget)::dot.schema_found;
      end if;
    end loop;
  end loop;
  -- Two lists of values for one member that have none in common.
  if exists (
    select 1
      from unnest(v_has) h
     cross join lateral (
       select coalesce(a #> array['s', 'properties', h, 'enum'], jsonb_build_array(a #> array['s', 'properties', h, 'const'])) as list, at
         from jsonb_array_elements(p_atoms) with ordinality a(a, at)
        where a ->> 'k' = 'atom' and a -> 'n' = 'false' and (a #> array['s', 'properties', h]) ?| array['enum', 'const']) l
     cross join lateral (
       select coalesce(a #> array['s', 'properties', h, 'enum'], jsonb_build_array(a #> array['s', 'properties', h, 'const'])) as list, at
         from jsonb_array_elements(p_atoms) with ordinality a(a, at)
        where a ->> 'k' = 'atom' and a -> 'n' = 'false' and (a #> array['s', 'properties', h]) ?| array['enum', 'const']) m
     where l.at < m.at and not exists (select 1 from jsonb_array_elements(l.list) x join jsonb_array_elements(m.list) y on x.value = y.value))
  then
    return row('proved', null, null, p_budget)::dot.schema_found;
  end if;
  return row('unknown', null, null, p_budget)::dot.schema_found;
end
$$;
comment on function dot.fn_schema_clash(jsonb, jsonb, int) is
  'Whether the rules about an object in p_atoms, as far as they are known, contradict each other at sight: a member that must be there and may not, whose name is not allowed, or whose lists of values have none in common. Proved, or unknown; looked at before choices are tried, of which there may be many.';
