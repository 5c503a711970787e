create or replace function dot.fn_command_envelope_check(p_command text, p_envelope jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run  uuid := (p_envelope ->> 'run_id')::uuid;
  v_mode text := p_envelope ->> 'mode';
  v_key  text := p_envelope ->> 'idempotency_key';
begin
  if v_run is null or v_mode is null or v_mode not in ('run', 'dry_run', 'plan_apply') then
    raise exception using errcode = 'DT400', message = 'the envelope needs run_id and mode run, dry_run or plan_apply';
  end if;
  -- An id says when it was made, by which runs are kept in order.
  if substr(v_run::text, 15, 1) <> '7' or abs(extract(epoch from clock_timestamp()) - ('x' || left(translate(v_run::text, '-', ''), 12))::bit(48)::bigint / 1000.0) > 3600 then
    raise exception using errcode = 'DT400', message = format('%s is not the id of a run that begins now', v_run), hint = 'A version 7 UUID, made within the hour. Is the clock of the client right?';
  end if;
  if v_key like 'job:%' and v_key is distinct from 'job:' || (p_envelope ->> 'for_job') then
    raise exception using errcode = 'DT400', message = format('%s is a key of a job', v_key), hint = 'Use a key that does not begin with job:';
  end if;
  if v_key is not null and exists (select 1 from dot.dot_command_catalog k where k.command_code = p_command and k.idempotency = 'none') then
    raise exception using errcode = 'DT400', message = format('each %s is another one: it takes no idempotency key', p_command),
      hint = (select k.spec ->> 'idempotency_reason' from dot.dot_command_catalog k where k.command_code = p_command);
  end if;
end
$$;
comment on function dot.fn_command_envelope_check(text, jsonb) is
  'DT400 for an envelope that no run can begin with: without run_id (version 7, made within the hour) or mode, under a key of a job that the run is not for, or under any key where each request is another one.';
