create or replace function dot.fn_iu_tag(p_unit uuid, p_tag text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('iu tag', jsonb_build_object('unit', p_unit, 'tag', p_tag));
  v_status  text;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  perform dot.fn_iu_lock_unit(p_unit);
  select status into v_status from dot.iu_metadata_tag_registry where tag_code = p_tag;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no tag %s', p_tag), hint = 'dot iu tags; a new tag is a file in catalog/tags';
  end if;
  if v_status = 'archived' then
    return dot.fn_command_answer('iu tag', dot.fn_command_refusal('DT409', 'tag_archived', format('tag %s is archived', p_tag), 'dot iu tags'));
  end if;
  perform dot.fn_registry_used('tags', p_tag);
  insert into dot.iu_metadata_tag (unit_id, tag_code, tagged_by, run_id, tagged_at)
  values (p_unit, p_tag, (dot.fn_actor_current()).actor_id, dot.fn_run_current(), dot.fn_clock_now())
  on conflict do nothing;
  if not found then
    return dot.fn_command_answer('iu tag', dot.fn_command_refusal('DT409', 'already_tagged', format('the unit already has tag %s', p_tag), null,
      jsonb_build_object('unit', p_unit, 'tag', p_tag)));
  end if;
  perform dot.fn_iu_refresh_tags(p_unit);
  return jsonb_build_object('unit', p_unit, 'tag', p_tag, 'present', true, 'inverse', jsonb_build_object('unit', p_unit, 'tag', p_tag));
end
$$;
comment on function dot.fn_iu_tag(uuid, text) is
  'Gives a unit a tag of the registry, on axis B. Returns {unit, tag, present: true, inverse}. A refusal (DT409) when it has it already or the tag is archived; a warning where it is deprecated; DT404 when unit or tag do not exist.';
