create or replace function dot.fn_iu_unlink(p_link uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('iu unlink', jsonb_build_object('link', p_link));
  v_link    dot.iu_sql_link;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  delete from dot.iu_sql_link where link_id = p_link returning * into v_link;
  if not found then
    return dot.fn_command_answer('iu unlink', dot.fn_command_refusal('DT409', 'not_linked', format('there is no link %s, or no longer', p_link), 'dot iu links UNIT'));
  end if;
  return jsonb_build_object('link', p_link, 'unit', v_link.unit_id, 'present', false, 'inverse', jsonb_build_object(
    'unit', v_link.unit_id, 'kind', v_link.link_kind, 'target', v_link.target, 'note', v_link.note, 'pin', v_link.version_id is not null));
end
$$;
comment on function dot.fn_iu_unlink(uuid) is
  'Removes a link. Returns {link, unit, present: false, inverse}. A refusal (DT409) when it does not exist, or no longer.';
