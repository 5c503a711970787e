create or replace function dot.fn_phase0_survey() returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_expected  jsonb := dot.fn_phase0_expected();
  v_table     record;
  v_shape     jsonb;
  v_rows      bigint;
  v_tables    jsonb := '[]'::jsonb;
  v_functions jsonb;
  v_gates     jsonb;
  v_ok        boolean;
begin
  for v_table in select key as name, value as columns from jsonb_each(v_expected -> 'tables') order by key loop
    v_shape := dot.fn_registry_shape(to_regclass('dot.' || quote_ident(v_table.name)), null, v_table.columns);
    v_rows := null;
    if v_shape is not null then
      execute format('select count(*) from dot.%I', v_table.name) into v_rows;
    end if;
    v_tables := v_tables || jsonb_build_object('table', v_table.name,
      'state', case when v_shape is null then 'absent' when v_shape = '[]' then 'as_expected' else 'shape_differs' end,
      'rows', v_rows, 'differences', coalesce(v_shape, '[]'));
  end loop;
  select jsonb_agg(jsonb_build_object('function', f.key, 'state',
           case when p.oid is null then 'absent' when p.arguments = f.value #>> '{}' then 'as_expected' else 'shape_differs' end,
           'arguments', p.arguments) order by f.key)
    into v_functions
    from jsonb_each(v_expected -> 'functions') f
    left join lateral (
      select x.oid, (
               select string_agg(x.proargnames[i] || ' ' || format_type(x.proargtypes[i - 1], null), ', ' order by i)
                 from generate_series(1, x.pronargs) i) as arguments
        from pg_proc x where x.pronamespace = 'dot'::regnamespace and x.proname = f.key limit 1) p on true;
  select jsonb_agg(jsonb_build_object('gate', g.key, 'state', case when c.config_key is null then 'absent' else 'as_expected' end,
           'open', c.value = 'true') order by g.key)
    into v_gates
    from jsonb_array_elements_text(v_expected -> 'gates') g(key)
    left join dot.dot_config c on c.config_key = g.key and c.value_type = 'bool' and c.status = 'active';
  v_ok := not (v_tables || v_functions || v_gates) @? '$[*].state ? (@ != "as_expected")';
  return jsonb_build_object(
    'ok', v_ok,
    'tables', v_tables, 'functions', v_functions, 'gates', v_gates,
    'registries', (select coalesce(jsonb_agg(to_jsonb(r)), '[]') from dot.fn_registry_survey() r),
    'candidates', (select coalesce(jsonb_agg(r.registry || ': ' || r.state), '[]') from dot.fn_registry_survey() r where r.phase = 'candidate'),
    'review_decision', to_regclass('dot.review_decision') is not null,
    'axis_materialize_wired', dot.fn_iu_wired());
end
$$;
comment on function dot.fn_phase0_survey() is
  'What exists of what Phase 0 needs, in the live database: tables with their shape and row counts, functions, gates, the registries (the candidates among them), whether review_decision is there and the axis materialize is wired. ok: nothing expected is absent or of another shape.';
