do $$
declare
  v_ann  constant text := test.login('ann', '{dot_reviewer,dot_breakglass}');
  v_open uuid;
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('ann', 'human', v_ann, '{dot_reviewer}');
  insert into dot.break_glass (break_glass_id, actor_id, login, reason, commands, opened_at, expires_at, closed_at)
  values (gen_random_uuid(), 'ann', v_ann, 'x', '{gate set}', now() - interval '20 minutes', now(), now()) returning break_glass_id into v_open;
  perform test.refused(test.unlocked(format('dot.break_glass where break_glass_id = %L', v_open),
    format('select test.by(%L, %L)', v_ann, format('select dot.fn_breakglass_review(%L, %L, %L)', v_open, 'justified', 'x'))), 'not_another_person');
end
$$;
