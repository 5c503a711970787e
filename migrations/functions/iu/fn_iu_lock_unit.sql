create or replace function dot.fn_iu_lock_unit(p_unit uuid) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform 1 from dot.information_unit where unit_id = p_unit for update;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no unit %s', p_unit), hint = 'dot iu list, dot iu search WORDS';
  end if;
end
$$;
comment on function dot.fn_iu_lock_unit(uuid) is 'Locks a unit until the end of the transaction. DT404 when there is none.';
