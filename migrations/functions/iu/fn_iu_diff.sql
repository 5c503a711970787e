create or replace function dot.fn_iu_diff(p_unit uuid, p_from int default null, p_to int default null)
returns table (line int, mark text, content text)
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_to     int := coalesce(p_to, (select max(v.version_no) from dot.iu_version v where v.unit_id = p_unit));
  v_from   int := coalesce(p_from, v_to - 1);
  v_old    text[] := (select string_to_array(v.body, e'\n') from dot.iu_version v where v.unit_id = p_unit and v.version_no = v_from);
  v_new    text[] := (select string_to_array(v.body, e'\n') from dot.iu_version v where v.unit_id = p_unit and v.version_no = v_to);
  v_before int;
  v_after  int;
begin
  if v_new is null or (v_old is null and v_from > 0) then
    raise exception using errcode = 'DT404', message = format('unit %s has no version %s', p_unit, case when v_new is null then v_to else v_from end),
      hint = format('dot iu history %s', p_unit);
  end if;
  v_old := coalesce(v_old, '{}');
  -- The lines equal at the beginning and at the end stay; what lies between is replaced.
  select coalesce(min(i) - 1, least(cardinality(v_old), cardinality(v_new))) into v_before
    from generate_series(1, least(cardinality(v_old), cardinality(v_new))) i where v_old[i] <> v_new[i];
  select coalesce(min(i) - 1, least(cardinality(v_old), cardinality(v_new)) - v_before) into v_after
    from generate_series(1, least(cardinality(v_old), cardinality(v_new)) - v_before) i
   where v_old[cardinality(v_old) + 1 - i] <> v_new[cardinality(v_new) + 1 - i];
  return query
  select i, ' ', v_new[i] from generate_series(greatest(v_before - 2, 1), v_before) i
  union all
  select i, '-', v_old[i] from generate_series(v_before + 1, cardinality(v_old) - v_after) i
  union all
  select i, '+', v_new[i] from generate_series(v_before + 1, cardinality(v_new) - v_after) i
  union all
  select i, ' ', v_new[i] from generate_series(cardinality(v_new) - v_after + 1, least(cardinality(v_new) - v_after + 3, cardinality(v_new))) i;
end
$$;
comment on function dot.fn_iu_diff(uuid, int, int) is
  'The lines that differ between two versions of a unit (the last two, when not said), with up to three lines around them: mark is - for the old, + for the new, a space for what stayed. One replaced range, not the smallest set of changes. DT404 when a version does not exist.';
