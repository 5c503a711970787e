do $$
declare
  v_id uuid := test.gate_proposal();
begin
  perform test.equal((select count(*) from dot.fn_problems_surface()), 0::bigint);
  update dot.proposal set proposal_state = 'approved', expires_at = dot.fn_clock_now() - interval '1 hour' where proposal_id = v_id;
  insert into dot.break_glass (break_glass_id, actor_id, login, reason, commands, opened_at, expires_at)
  values (gen_random_uuid(), 'ann', 'ann', 'x', '{gate set}', now() - interval '3 hours', now() - interval '2 hours');
  perform test.equal((select string_agg(category || ' ' || signal || ' ' || round(extract(epoch from now() - since) / 3600), ', ' order by signal) from dot.fn_problems_surface()),
    'overdue expired_approvals 1, integrity unreviewed_emergency 2');
end
$$;
