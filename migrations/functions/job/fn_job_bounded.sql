create or replace function dot.fn_job_bounded(p_payload jsonb, p_at int default null) returns void
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  -- As it is sent to its worker: what is stored may be compressed, and a short number may have a hundred thousand digits.
  v_bytes constant int := octet_length(p_payload::text);
begin
  -- Of what is small in any case nobody asks for the setting.
  if v_bytes > 16384 and v_bytes > dot.fn_config_int('queue.payload.max_kb') * 1024 then
    raise exception using errcode = 'DT400',
      message = format('%sthe payload has %s KB, more than the %s KB that a job may have', 'element ' || p_at || ': ', (v_bytes + 1023) / 1024, dot.fn_config_int('queue.payload.max_kb')),
      hint = 'Store it elsewhere and give the job its place, or set gate queue.payload.max_kb.';
  end if;
end
$$;
comment on function dot.fn_job_bounded(jsonb, int) is
  'DT400 for a payload that is larger, as text, than setting queue.payload.max_kb allows; p_at: its place in a batch, from 1, for the message.';
