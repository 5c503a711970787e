do $$
declare
  v_ann  text := test.actor('ann', 'human', '{dot_operator}');
  v_none text := test.login('none', '{dot_operator,dot_breakglass}');
begin
  execute format('grant dot_breakglass, dot_admin, dot_reader to %I', v_ann);
  perform test.equal((select array_agg(r order by r) from unnest('{dot_operator,dot_breakglass,dot_admin,dot_reader}'::text[]) r where dot.fn_role_given(v_ann, r)), '{dot_operator,dot_reader}'::text[]);
  -- Whoever is nobody's decides nothing anyway: fn_actor_unknown.
  assert dot.fn_role_given(v_none, 'dot_breakglass') and dot.fn_role_given(current_user, 'dot_admin');
  perform set_config('dot.reason', 'because', true);
  perform test.equal(test.by(v_ann, $q$select dot.fn_breakglass_open('{gate set}') ->> 'reason'$q$), 'role_missing');
  perform test.equal(test.by(v_ann, $q$select dot.fn_actor_add('bob', 'human') ->> 'reason'$q$), 'role_missing');
  update dot.dot_actor set roles = roles || '{dot_breakglass}' where actor_id = 'ann';
  perform test.equal(test.by(v_ann, $q$select dot.fn_breakglass_open('{gate set}') ->> 'review'$q$), 'owed');
  -- It is not reviewed by who came to review in it.
  update dot.break_glass set opened_at = opened_at - interval '2 minutes', expires_at = opened_at, closed_at = opened_at - interval '1 minute';
  perform test.equal(test.by(test.actor('new', 'human', '{dot_reviewer}'), format($q$select dot.fn_breakglass_review(%L, 'justified', 'x') ->> 'reason'$q$, (select break_glass_id from dot.break_glass))), 'made_meanwhile');
end
$$;
