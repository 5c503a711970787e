create or replace function dot.fn_schema_infer(p_samples text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_samples jsonb;
begin
  -- One JSON value, or one on each line.
  begin
    v_samples := p_samples::jsonb;
    v_samples := case jsonb_typeof(v_samples) when 'array' then v_samples else jsonb_build_array(v_samples) end;
  exception when invalid_text_representation then
    select jsonb_agg(dot.fn_schema_parse(l, format('line %s', n)) order by n) into v_samples
      from regexp_split_to_table(p_samples, E'\r?\n') with ordinality x(l, n) where trim(l) <> '';
  end;
  if coalesce(v_samples, '[]') = '[]' then
    raise exception using errcode = 'DT400', message = 'there are no samples', hint = 'Give an array of payloads, or one payload on each line.';
  end if;
  return jsonb_build_object('samples', jsonb_array_length(v_samples),
    'schema', '{"$schema": "https://json-schema.org/draft/2020-12/schema"}'::jsonb || dot.fn_schema_infer_value(v_samples));
end
$$;
comment on function dot.fn_schema_infer(text) is
  'fn_schema_infer_value over a text: a JSON array of samples, one sample, or JSON Lines. Returns {samples, schema}. DT400 for no JSON and no samples.';
