create or replace function dot.fn_schema_compat_check(
  p_old text, p_new text, p_mode text default 'forward', p_level text default null, p_type text default null, p_transitive boolean default false, p_against_stored int default null, p_formats text default 'annotate')
returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_old    jsonb := dot.fn_schema_usable(dot.fn_schema_parse(p_old, 'the old schema'), 'the old schema');
  v_new    jsonb := dot.fn_schema_usable(dot.fn_schema_parse(p_new, 'the new schema'), 'the new schema');
  v_result jsonb;
  v_rows   jsonb := '[]'::jsonb;
  v_other  dot.event_type_registry;
  v_stored jsonb;
  v_ranks  constant text[] := array['patch', 'minor', 'major'];
begin
  if p_type is null and (p_transitive or p_against_stored is not null) then
    raise exception using errcode = 'DT400', message = 'stored versions and payloads are those of an event type', hint = 'Name it: --type TYPE';
  end if;
  v_old := dot.fn_schema_asserting(v_old, p_formats);
  v_new := dot.fn_schema_asserting(v_new, p_formats);
  v_result := dot.fn_event_schema_compat(v_old, v_new, p_mode);
  if p_type is not null and not exists (select 1 from dot.event_type_registry t where t.event_type = p_type) then
    raise exception using errcode = 'DT404', message = format('there is no event type %s', p_type), hint = 'dot event type list';
  end if;
  for v_other in
    select * from dot.event_type_registry t where p_transitive and t.event_type = p_type and t.status <> 'archived' order by string_to_array(t.schema_version, '.')::int[] desc
  loop
    v_rows := v_rows || jsonb_build_array(jsonb_build_object('version', v_other.schema_version) || (dot.fn_event_schema_compat(dot.fn_schema_asserting(v_other.schema_jsonb, v_other.formats), v_new, p_mode) - 'strict' - 'writer_reader'));
  end loop;
  if p_against_stored > 0 then
    -- Of the events there are, not of what is thinkable.
    select jsonb_build_object('read', count(*), 'invalid', count(*) filter (where not x.valid),
             'first', (jsonb_agg(jsonb_build_object('event', x.event_id, 'errors', (select jsonb_agg(to_jsonb(e)) from dot.fn_schema_validate_value(v_new, x.payload) e)) order by x.event_id) filter (where not x.valid)) -> 0)
      into v_stored
      from (select o.event_id, o.payload, dot.fn_schema_valid(v_new, o.payload) as valid
              from (select e.event_id, e.payload from dot.event_outbox e where e.event_type = p_type order by e.event_id desc limit p_against_stored) o) x;
  end if;
  return v_result || jsonb_build_object('transitive', v_rows, 'stored', v_stored, 'claims', p_level,
    'ok', (v_result ->> 'ok')::boolean and not exists (select 1 from jsonb_array_elements(v_rows) r where not (r ->> 'ok')::boolean) and coalesce((v_stored ->> 'invalid')::int, 0) = 0
          and (p_level is null or array_position(v_ranks, p_level) >= array_position(v_ranks, v_result ->> 'level')));
end
$$;
comment on function dot.fn_schema_compat_check(text, text, text, text, text, boolean, int, text) is
  'fn_event_schema_compat over two schema texts, with ok false also when p_level (patch, minor, major) is less than the change needs, when a version of p_type that is not archived is broken (p_transitive: {version, …}), or when one of the last p_against_stored payloads of p_type is not valid under the new schema (stored {read, invalid, first}). p_formats: how both take formats, annotate or assert; versions of p_type are read as they take them. DT400 for schemas that cannot be used, DT404 for an unknown type.';
