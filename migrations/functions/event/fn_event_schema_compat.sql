create or replace function dot.fn_event_schema_compat(p_old jsonb, p_new jsonb, p_mode text default 'forward', p_documents jsonb default null) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_same   boolean := dot.fn_schema_same(p_old, p_new, p_documents);
  v_strict jsonb;
  v_view   jsonb;
  v_wanted text[] := case p_mode when 'full' then array['backward', 'forward'] when 'backward' then array['backward'] else array['forward'] end;
  v_failed text[];
begin
  if v_same then
    v_strict := '{"backward": {"verdict": "compatible"}, "forward": {"verdict": "compatible"}}';
    v_view := v_strict;
  else
    v_strict := jsonb_build_object('backward', dot.fn_schema_verdict(p_old, p_new, p_documents), 'forward', dot.fn_schema_verdict(p_new, p_old, p_documents));
    v_view := jsonb_build_object('backward', dot.fn_schema_written(p_old, p_new, v_strict -> 'backward', p_documents), 'forward', dot.fn_schema_written(p_new, p_old, v_strict -> 'forward', p_documents));
  end if;
  v_failed := array(select w from unnest(v_wanted) w where v_view -> w ->> 'verdict' <> 'compatible');
  return jsonb_build_object('ok', v_failed = '{}', 'mode', p_mode,
    'level', case when v_same then 'patch' when v_failed = '{}' then 'minor' else 'major' end,
    'backward', v_view #> '{backward,verdict}', 'forward', v_view #> '{forward,verdict}',
    'writer_reader', v_view, 'strict', v_strict,
    'differences', coalesce((
      select jsonb_agg(jsonb_build_object('direction', w, 'verdict', v_view -> w -> 'verdict', 'says', case v_view -> w ->> 'verdict'
               when 'incompatible' then case w when 'backward' then 'readers of the new version reject what the old one lets be written' else 'readers of the old version reject what the new one lets be written' end
               else format('not proved: the rules for %s do not decide this', v_view -> w ->> 'keyword') end) || (v_view -> w))
        from unnest(v_failed) w), '[]'));
end
$$;
comment on function dot.fn_event_schema_compat(jsonb, jsonb, text, jsonb) is
  'Whether a schema may follow another under a mode: backward (readers of the new understand what the old let be written), forward (readers of the old understand what the new lets be written; also the measure of breaking_with_policy) or full. {ok, mode, level: patch | minor | major that the change needs, backward, forward, writer_reader, strict, differences}. Each verdict is compatible (proved), incompatible with a witness that the validator has judged and its errors, or unproven with the keyword. writer_reader decides: writers are held to the schema and to fn_schema_closed, readers take the schema as written; strict compares the schemas as written. DT400 for schemas that cannot be used.';
