create or replace function dot.fn_iu_check_tag(p_unit uuid, p_tag text, p_present boolean default true) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object(
    'ok', has = p_present and coalesce(envelope = p_present, true), 'unit', p_unit, 'tag', p_tag, 'present', has, 'in_envelope', envelope)
  from (
    select exists (select 1 from dot.iu_metadata_tag where unit_id = p_unit and tag_code = p_tag) as has,
           (select p_tag = any (e.tags || e.classification)
              from dot.fn_iu_place(array[p_unit]) p join dot.iu_three_axis_envelope e using (version_id)) as envelope) x
$$;
comment on function dot.fn_iu_check_tag(uuid, text, boolean) is
  'Whether a unit has a tag (or, with p_present false, has it not), in its tags and in its envelope if there is one: {ok, unit, tag, present, in_envelope}.';
