-- Where each request is another one, nobody is left to rely on a key.
do $$
declare
  v_envelope jsonb := jsonb_build_object('run_id', dot.fn_uuid_v7(), 'mode', 'run');
begin
  perform test.raises('DT400', format('select dot.fn_command_begin(%L, %L, %L)', 'breakglass open', '{}', v_envelope || '{"idempotency_key": "k"}'), 'breakglass open does not accept an idempotency key%');
  assert dot.fn_command_begin('breakglass open', '{}', v_envelope) is not null;
end
$$;
