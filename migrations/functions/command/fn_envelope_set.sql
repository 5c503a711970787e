create or replace function dot.fn_envelope_set(p_envelope jsonb) returns void
language plpgsql volatile set search_path = dot, pg_temp
as $$
declare
  v_key text;
begin
  foreach v_key in array array['run_id', 'trace_id', 'span_id', 'correlation_id', 'actor', 'actor_kind', 'principal', 'reason', 'mode', 'proposal_id']
  loop
    perform set_config('dot.' || v_key, coalesce(p_envelope ->> v_key, ''), true);
  end loop;
end
$$;
comment on function dot.fn_envelope_set(jsonb) is
  'Puts the envelope into transaction-local settings dot.run_id, dot.trace_id, … so that every row written in this transaction can carry it.';
