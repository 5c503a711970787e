create or replace function dot.fn_command_envelope_check(p_command text, p_envelope jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run  uuid := (p_envelope ->> 'run_id')::uuid;
  v_mode text := p_envelope ->> 'mode';
  v_key  text := p_envelope ->> 'idempotency_key';
begin
  perform dot.fn_envelope_bounded(p_envelope);
  if v_run is null or v_mode is null or v_mode not in ('run', 'dry_run', 'plan_apply') then
    raise exception using errcode = 'DT400', message = 'the envelope needs run_id and mode run, dry_run or plan_apply';
  end if;
  perform dot.fn_run_id_check(v_run);
  if octet_length(v_key) not between 1 and 256 then
    raise exception using errcode = 'DT400', message = format('idempotency key must be 1 to 256 bytes long, got %s', octet_length(v_key)), hint = 'A uuid serves well.';
  end if;
  if v_key like 'job:%' and v_key is distinct from 'job:' || (p_envelope ->> 'for_job') then
    raise exception using errcode = 'DT400', message = format('%s is a key of a job', v_key), hint = 'Use a key that does not begin with job:';
  end if;
  if v_key is not null and exists (select 1 from dot.dot_command_catalog k where k.command_code = p_command and k.idempotency = 'none') then
    raise exception using errcode = 'DT400', message = format('%s does not accept an idempotency key: each request is a new one', p_command),
      hint = (select k.spec ->> 'idempotency_reason' from dot.dot_command_catalog k where k.command_code = p_command);
  end if;
end
$$;
comment on function dot.fn_command_envelope_check(text, jsonb) is
  'DT400 for an envelope that no run can begin with: too long (fn_envelope_bounded), without run_id (version 7, made within the hour) or mode, under an empty key or one of more than 256 bytes, under a key of a job that the run is not for, or under any key where each request is another one.';
