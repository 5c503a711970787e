create or replace function dot.fn_iu_operation_split(p_unit uuid, p_cut_points int[]) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_place record;
  v_body  bytea;
  v_point int;
  v_last  int := 0;
begin
  if not exists (select 1 from dot.information_unit where unit_id = p_unit) then
    raise exception using errcode = 'DT404', message = format('there is no unit %s', p_unit), hint = 'dot iu list, dot iu search WORDS';
  end if;
  select * into v_place from dot.fn_iu_place(array[p_unit]);
  if not found then
    return null;
  end if;
  if coalesce(cardinality(p_cut_points), 0) = 0 then
    raise exception using errcode = 'DT400', message = 'a split needs a cut point', hint = 'Byte offsets within the body: --at 120,340';
  end if;
  select convert_to(v.body, 'UTF8') into v_body from dot.iu_version v where v.version_id = v_place.version_id;
  foreach v_point in array p_cut_points loop
    if v_point is null or v_point <= v_last or v_point >= octet_length(v_body) then
      raise exception using errcode = 'DT400', message = 'cut points must be in ascending order and inside the body',
        detail = jsonb_build_object('cut_point', v_point, 'after', v_last, 'bytes', octet_length(v_body))::text,
        hint = format('Byte offsets between 1 and %s.', octet_length(v_body) - 1);
    end if;
    if get_byte(v_body, v_point) & 192 = 128 then
      raise exception using errcode = 'DT400', message = format('cut point %s is inside a multi-byte character', v_point),
        detail = jsonb_build_object('cut_point', v_point)::text, hint = 'Cut before the first byte of a character.';
    end if;
    v_last := v_point;
  end loop;
  return jsonb_build_object('kind', 'iu_split', 'unit', p_unit, 'version', v_place.version_id, 'digest', v_place.digest,
    'cut_points', to_jsonb(p_cut_points));
end
$$;
comment on function dot.fn_iu_operation_split(uuid, int[]) is
  'The exact operation of splitting a unit, as it stands now, before the bytes at the cut points: {kind, unit, version, digest, cut_points}. Null when the unit is no longer active. DT404 when there is no such unit, DT400 for cut points that do not ascend, lie outside the body or inside a character.';
