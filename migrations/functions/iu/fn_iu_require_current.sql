create or replace function dot.fn_iu_require_current(p_units uuid[]) returns void
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_missing uuid;
begin
  select u.id into v_missing from unnest(p_units) u(id) group by u.id having count(*) > 1 limit 1;
  if found then
    raise exception using errcode = 'DT400', message = format('unit %s is named twice', v_missing), hint = 'Name each unit once, in the order wanted.';
  end if;
  select u.id into v_missing from unnest(p_units) u(id) where not exists (select 1 from dot.fn_iu_place(array[u.id])) limit 1;
  if found then
    raise exception using errcode = 'DT404', message = format('unit %s is not in the current version of a document', v_missing), hint = 'dot iu list';
  end if;
end
$$;
comment on function dot.fn_iu_require_current(uuid[]) is 'DT400 for a unit that is named twice, DT404 for the first of the units that is not in the current version of a document.';
