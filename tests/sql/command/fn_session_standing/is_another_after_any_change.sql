do $$
declare
  v_ann    text := test.actor('ann', 'human', '{dot_operator}');
  v_group  text := test.login('group', '{dot_reviewer}');
  v_before text;
begin
  execute format('grant %I to %I', v_group, v_ann);
  v_before := dot.fn_session_standing('ann', v_ann);
  perform test.equal(dot.fn_session_standing('ann', v_ann), v_before, 'nothing changed');
  perform test.equal(dot.fn_session_standing('ann', v_group), null, 'another login');
  perform test.equal(dot.fn_session_standing('bob', v_ann), null, 'no actor');
  -- What it is a member of by way of another role counts too.
  begin
    execute format('revoke dot_reviewer from %I', v_group);
    execute format('grant dot_reviewer to %I', v_group);
  exception when division_by_zero then null;
  end;
  assert v_before <> dot.fn_session_standing('ann', v_ann), 'granted again';
  v_before := dot.fn_session_standing('ann', v_ann);
  begin
    update dot.dot_actor set changed_at = changed_at where actor_id = 'ann';
  exception when division_by_zero then null;
  end;
  assert v_before <> dot.fn_session_standing('ann', v_ann), 'written again';
  v_before := dot.fn_session_standing('ann', v_ann);
  execute format('alter role %I noinherit', v_ann);
  assert v_before <> dot.fn_session_standing('ann', v_ann), 'what it has by its roles';
  update dot.dot_actor set status = 'disabled' where actor_id = 'ann';
  perform test.equal(dot.fn_session_standing('ann', v_ann), null, 'disabled');
end
$$;
