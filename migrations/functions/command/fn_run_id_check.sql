create or replace function dot.fn_run_id_check(p_run_id uuid) returns void
language plpgsql volatile set search_path = dot, pg_temp
as $$
begin
  -- An id says when it was made, by which runs are kept in order.
  if substr(p_run_id::text, 15, 1) <> '7'
    or abs(extract(epoch from clock_timestamp()) - ('x' || left(translate(p_run_id::text, '-', ''), 12))::bit(48)::bigint / 1000.0) > 3600
  then
    raise exception using errcode = 'DT400', message = format('%s is not the id of a run that begins now', p_run_id), hint = 'A version 7 UUID, made within the hour. Is the clock of the client right?';
  end if;
end
$$;
comment on function dot.fn_run_id_check(uuid) is
  'DT400 for what is not the id of a run that begins now: a UUID of version 7 (RFC 9562), made within the hour.';
