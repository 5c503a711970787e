create or replace function dot.fn_iu_untag(p_unit uuid, p_tag text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('iu untag', jsonb_build_object('unit', p_unit, 'tag', p_tag));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  perform dot.fn_registry_used('tags', p_tag);
  perform dot.fn_iu_lock_unit(p_unit);
  delete from dot.iu_metadata_tag where unit_id = p_unit and tag_code = p_tag;
  if not found then
    return dot.fn_command_answer('iu untag', dot.fn_command_refusal('DT409', 'not_tagged', format('the unit does not have tag %s', p_tag), format('dot iu show %s', p_unit),
      jsonb_build_object('unit', p_unit, 'tag', p_tag)));
  end if;
  perform dot.fn_iu_refresh_tags(p_unit);
  return jsonb_build_object('unit', p_unit, 'tag', p_tag, 'present', false, 'inverse', jsonb_build_object('unit', p_unit, 'tag', p_tag));
end
$$;
comment on function dot.fn_iu_untag(uuid, text) is
  'Takes a tag from a unit. Returns {unit, tag, present: false, inverse}. A refusal (DT409) when it does not have it; DT404 when there is no such unit.';
