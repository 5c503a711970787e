do $$
declare
  v_adm text := test.actor('adm', 'human', '{dot_admin,dot_operator}');
  v_rev text := test.actor('rev', 'human', '{dot_reviewer}');
  v_pup text := test.login('pup', '{dot_operator}');
begin
  perform test.actor('rev2', 'human', '{dot_reviewer}');
  update dot.dot_actor set changed_at = now() - interval '1 day';
  execute format('grant dot_reader to %I', v_rev);
  perform test.equal(test.by(v_adm, format($q$select dot.fn_actor_add('rev', 'human', %L, p_role => '{dot_reader}') ->> 'changed'$q$, v_rev)), 'true');
  perform test.equal((select changed_at < now() - interval '1 hour' from dot.dot_actor where actor_id = 'rev'), true);
  -- Nor is anybody given a second account by an administrator.
  perform test.equal(test.by(v_adm, format($q$select dot.fn_actor_add('pup', 'human', %L, 'rev') ->> 'reason'$q$, v_pup)), 'approval_required');
  perform test.equal(test.by(v_adm, format($q$select dot.fn_actor_add('pup', 'human', %L, 'adm') ->> 'actor'$q$, v_pup)), 'pup');
end
$$;
