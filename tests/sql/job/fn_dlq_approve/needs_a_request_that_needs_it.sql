do $$
declare
  v_letters bigint[] := test.dead(1);
  v_request uuid := test.replay_request(v_letters);
begin
  perform test.refused(dot.fn_dlq_approve(v_request), 'no_approval_needed');
  perform test.raises('DT404', format('select dot.fn_dlq_approve(%L)', gen_random_uuid()));
end
$$;
