create or replace function dot.fn_iu_link(p_unit uuid, p_kind text, p_target text, p_note text default null, p_pin boolean default false)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('iu link',
    jsonb_build_object('unit', p_unit, 'kind', p_kind, 'target', p_target, 'note', p_note, 'pin', p_pin));
  v_id      uuid := dot.fn_uuid_v7();
begin
  if v_refused is not null then
    return v_refused;
  end if;
  perform dot.fn_iu_lock_unit(p_unit);
  if not dot.fn_iu_link_target_exists(p_kind, p_target) then
    raise exception using errcode = 'DT404', message = format('there is no %s %s', p_kind, p_target),
      hint = 'Tables and functions are named with their schema, as dot.iu_version; columns as dot.iu_version.body.';
  end if;
  insert into dot.iu_sql_link (link_id, unit_id, version_id, link_kind, target, note, linked_by, run_id, linked_at)
  values (v_id, p_unit, case when p_pin then (select version_id from dot.fn_iu_place(array[p_unit])) end, p_kind, p_target, p_note,
          (dot.fn_actor_current()).actor_id, dot.fn_run_current(), dot.fn_clock_now())
  on conflict do nothing;
  if not found then
    return dot.fn_command_answer('iu link', dot.fn_command_refusal('DT409', 'already_linked', format('the unit is already linked to %s %s', p_kind, p_target),
      format('dot iu links %s', p_unit), jsonb_build_object('unit', p_unit)));
  end if;
  return jsonb_build_object('link', v_id, 'unit', p_unit, 'kind', p_kind, 'target', p_target, 'present', true,
    'inverse', jsonb_build_object('link', v_id));
end
$$;
comment on function dot.fn_iu_link(uuid, text, text, text, boolean) is
  'Links a unit to what it rules or explains: p_kind table, column, function, command, step, task, form, output or row. p_pin binds the link to the version that is current now. Returns {link, unit, kind, target, present, inverse}. A refusal (DT409) when it is linked already; DT404 when the unit, or a table, column, function or command, does not exist.';
