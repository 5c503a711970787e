do $$
declare
  v_ann    text := test.actor('ann', 'human', '{dot_operator,dot_reviewer}');
  v_gate   text := test.actor('gate', 'service', '{dot_operator,dot_gateway}');
  v_who    constant text := 'select dot.fn_actor_current()::text';
  v_token  text := test.token(v_ann);
  v_change text[];
begin
  foreach v_change slice 1 in array array[
    [$q$update dot.dot_actor set status = 'disabled' where actor_id = 'ann'$q$, $q$update dot.dot_actor set status = 'active' where actor_id = 'ann'$q$],
    [$q$update dot.dot_actor set login_name = 'x' where actor_id = 'ann'$q$, format('update dot.dot_actor set login_name = %L where actor_id = ''ann''', v_ann)],
    [format('revoke dot_reviewer from %I', v_ann), format('grant dot_reviewer to %I', v_ann)],
    [format('revoke dot_operator, dot_reviewer from %I', v_ann), format('grant dot_operator, dot_reviewer to %I', v_ann)],
    -- So for who presents it.
    [format('revoke dot_gateway from %I', v_gate), format('grant dot_gateway to %I', v_gate)],
    [$q$update dot.dot_actor set status = 'disabled' where actor_id = 'gate'$q$, $q$update dot.dot_actor set status = 'active' where actor_id = 'gate'$q$]
  ] loop
    begin
      execute v_change[1];
      -- Each in a transaction of its own, as far as the row can tell.
      begin
        execute v_change[2];
      exception when division_by_zero then null;
      end;
      perform test.equal(test.presents(v_gate, v_token, v_who), 'DT403', v_change[1]);
      perform test.equal(test.presents(v_gate, test.token(v_ann), v_who), '(ann,human,,t)', 'another is good: ' || v_change[1]);
      raise exception using errcode = 'DT999';
    exception when sqlstate 'DT999' then
      null;
    end;
    perform test.equal(test.presents(v_gate, v_token, v_who), '(ann,human,,t)', 'as before');
  end loop;
  -- Who is made a gateway later takes what is opened from then on.
  perform test.actor('new', 'service', '{dot_operator,dot_gateway}');
  perform test.equal(test.presents((select login_name from dot.dot_actor where actor_id = 'new'), v_token, v_who), 'DT403');
  perform test.equal(test.presents((select login_name from dot.dot_actor where actor_id = 'new'), test.token(v_ann), v_who), '(ann,human,,t)');
end
$$;
