create or replace function dot.fn_schema_verdict(p_written jsonb, p_read jsonb, p_documents jsonb default null, p_also jsonb default null) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_found jsonb := dot.fn_schema_contains(p_written, p_read, p_documents, p_also);
begin
  return case v_found ->> 'verdict'
    when 'contained' then '{"verdict": "compatible"}'::jsonb
    when 'not_contained' then jsonb_build_object('verdict', 'incompatible', 'witness', v_found -> 'witness',
      'errors', (select jsonb_agg(to_jsonb(e)) from dot.fn_schema_validate_value(p_read, v_found -> 'witness', p_documents) e))
    else v_found end;
end
$$;
comment on function dot.fn_schema_verdict(jsonb, jsonb, jsonb, jsonb) is
  'One direction of a compatibility, of what is valid under p_written and p_also: {verdict: compatible | incompatible | unproven, witness, errors that the witness has under p_read, keyword}; see fn_schema_contains.';
