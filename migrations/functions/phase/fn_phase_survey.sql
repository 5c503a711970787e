create or replace function dot.fn_phase_survey(p_phase text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp set quote_all_identifiers = off
as $$
declare
  v_phase     dot.phase_registry;
  v_tables    jsonb := '[]'::jsonb;
  v_functions jsonb;
  v_views     jsonb;
  v_entries   jsonb := '[]'::jsonb;
  v_gates     jsonb;
  v_steps     jsonb;
  v_facts     jsonb := '{}'::jsonb;
  v_missing   jsonb;
  v_registries jsonb;
  v_one       record;
  v_shape     jsonb;
  v_rows      bigint;
  v_answer    jsonb;
begin
  perform dot.fn_phase_declared(p_phase);
  select * into v_phase from dot.phase_registry where phase_code = p_phase and status = 'active';
  for v_one in select key as name, value as columns from jsonb_each(coalesce(v_phase.needs -> 'tables', '{}')) order by key loop
    v_shape := dot.fn_registry_shape(to_regclass('dot.' || quote_ident(v_one.name)), null, v_one.columns);
    v_rows := null;
    if v_shape is not null then
      execute format('select count(*) from (select 1 from dot.%I limit 100000) t', v_one.name) into v_rows;
    end if;
    v_tables := v_tables || jsonb_build_object('table', v_one.name,
      'state', case when v_shape is null then 'absent' when v_shape = '[]' then 'as_expected' else 'shape_differs' end,
      'rows', v_rows, 'differences', coalesce(v_shape, '[]'));
  end loop;
  select coalesce(jsonb_agg(jsonb_build_object('function', f.key, 'state',
           case when p.oid is null then 'absent' when f.value in ('', p.arguments) then 'as_expected' else 'shape_differs' end,
           'arguments', p.arguments) order by f.key), '[]')
    into v_functions
    from jsonb_each_text(coalesce(v_phase.needs -> 'functions', '{}')) f
    left join lateral (
      select x.oid, coalesce((
               select string_agg(x.proargnames[i] || ' ' || format_type(x.proargtypes[i - 1], null), ', ' order by i)
                 from generate_series(1, x.pronargs) i), '') as arguments
        from pg_proc x where x.pronamespace = 'dot'::regnamespace and x.proname = f.key limit 1) p on true;
  select coalesce(jsonb_agg(jsonb_build_object('view', v.name, 'state', case when c.oid is null then 'absent' else 'as_expected' end) order by v.name), '[]')
    into v_views
    from jsonb_array_elements_text(coalesce(v_phase.needs -> 'views', '[]')) v(name)
    left join pg_class c on c.oid = to_regclass('dot.' || quote_ident(v.name)) and c.relkind in ('v', 'm');
  for v_one in select key as registry, value as keys from jsonb_each(coalesce(v_phase.needs -> 'entries', '{}')) order by key loop
    v_entries := v_entries || coalesce((
      select jsonb_agg(jsonb_build_object('registry', v_one.registry, 'entry', k.key, 'state',
               case when b.lifecycle in ('active', 'deprecated') and dot.fn_registry_entry_now(v_one.registry, k.key) is not null then 'as_expected' else 'absent' end) order by k.key)
        from jsonb_array_elements_text(v_one.keys) k(key)
        left join dot.registry_birth b on b.registry_code = v_one.registry and b.entry_key = k.key), '[]');
  end loop;
  select coalesce(jsonb_agg(jsonb_build_object('step', s.step, 'gate', s.gate, 'open', s.open, 'declared', s.declared, 'turns_on', s.turns_on,
           'changed_at', s.changed_at) order by s.step), '[]'),
         coalesce(jsonb_agg(jsonb_build_object('gate', s.gate, 'state', case when s.declared then 'as_expected' else 'absent' end, 'open', s.open) order by s.gate), '[]')
    into v_steps, v_gates from dot.fn_phase_steps(p_phase) s;
  for v_one in select key as name, value as query from jsonb_each_text(v_phase.facts) order by key loop
    v_answer := dot.fn_phase_ask(v_one.query);
    v_facts := v_facts || jsonb_build_object(v_one.name,
      case when v_answer ->> 'error' is not null then v_answer - 'rows'
        when jsonb_array_length(v_answer -> 'rows') = 1 and (select count(*) from jsonb_object_keys(v_answer #> '{rows,0}')) = 1
          then (select m.value from jsonb_each(v_answer #> '{rows,0}') m)
        else '{"error": "it gave no fact: one row of one value"}' end);
  end loop;
  v_registries := (select coalesce(jsonb_agg(to_jsonb(r)), '[]') from dot.fn_registry_survey() r);
  select coalesce(jsonb_agg(jsonb_build_object('kind', m.kind, 'name', m.name) order by m.kind, m.name), '[]') into v_missing
    from (
      select 'table', x ->> 'table' from jsonb_array_elements(v_tables) x where x ->> 'state' <> 'as_expected'
      union all select 'function', x ->> 'function' from jsonb_array_elements(v_functions) x where x ->> 'state' <> 'as_expected'
      union all select 'view', x ->> 'view' from jsonb_array_elements(v_views) x where x ->> 'state' <> 'as_expected'
      union all select 'entry of ' || (x ->> 'registry'), x ->> 'entry' from jsonb_array_elements(v_entries) x where x ->> 'state' <> 'as_expected'
      union all select 'gate', x ->> 'gate' from jsonb_array_elements(v_gates) x where x ->> 'state' <> 'as_expected') m(kind, name);
  return v_facts || jsonb_build_object(
    -- A gate that is open above one that is closed was not opened in order.
    'ok', v_missing = '[]' and not exists (
            select 1 from jsonb_array_elements(v_steps) with ordinality a(s, n) join jsonb_array_elements(v_steps) with ordinality b(s, n) on b.n > a.n
             where b.s -> 'open' = 'true' and a.s -> 'open' = 'false'),
    'enabled', not v_steps @? '$[*].open ? (@ == false)', 'next', (select s ->> 'gate' from jsonb_array_elements(v_steps) s where s -> 'open' = 'false' limit 1),
    'steps', v_steps, 'missing', v_missing, 'tables', v_tables, 'functions', v_functions, 'views', v_views, 'entries', v_entries, 'gates', v_gates,
    'registries', v_registries, 'candidates', (
      select coalesce(jsonb_agg((r ->> 'registry') || ': ' || (r ->> 'state') order by n), '[]') from jsonb_array_elements(v_registries) with ordinality x(r, n) where r ->> 'phase' = 'candidate'));
end
$$;
comment on function dot.fn_phase_survey(text) is
  'What exists of what a phase needs, in the live database, and how far it is turned on: {ok, enabled, next, steps, missing, tables with their shape and rows (counted up to 100,000), functions, views, entries, gates, registries, candidates}, and the facts that the phase declares. ok: nothing is missing or of another shape, and no gate is open above one that is closed. DT404 for a phase that is none, DT409 for a declaration that was edited (fn_phase_declared).';
