create or replace function dot.fn_envelope_bounded(p_envelope jsonb) returns void
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  c_most constant int := 16384;
  v_size constant int := octet_length((p_envelope - 'plan')::text);
begin
  if v_size > c_most then
    raise exception using errcode = 'DT400', message = format('envelope must be at most %2$s bytes long, got %1$s', v_size, c_most),
      hint = 'Shorten the reason, or what the client says of itself.';
  end if;
end
$$;
comment on function dot.fn_envelope_bounded(jsonb) is
  'DT400 for an envelope of more than 16 KiB, its plan aside: all of it is kept with the run, of a caller who may do nothing too.';
