create or replace function dot.fn_run_id_check(p_run_id uuid, p_since timestamptz default clock_timestamp()) returns void
language plpgsql volatile set search_path = dot, pg_temp
as $$
declare
  c_skew constant interval := interval '1 hour';
  v_made timestamptz := to_timestamp(('x' || left(translate(p_run_id::text, '-', ''), 12))::bit(48)::bigint / 1000.0);
begin
  -- An id says when it was made, by which runs are kept in order.
  if substr(p_run_id::text, 15, 1) <> '7' or v_made not between p_since - c_skew and clock_timestamp() + c_skew then
    raise exception using errcode = 'DT400', message = format('run id %s must be a UUID of version 7 made within the last hour', p_run_id), hint = 'A version 7 UUID, made within the hour. Is the clock of the client right?';
  end if;
end
$$;
comment on function dot.fn_run_id_check(uuid, timestamptz) is
  'DT400 for what is not the id of a run that has begun since p_since (now, where nothing is said): a UUID of version 7 (RFC 9562) made from then on, give or take an hour of the client''s clock.';
