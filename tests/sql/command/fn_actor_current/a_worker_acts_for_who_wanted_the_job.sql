do $$
declare
  v_worker constant text := test.login('w', '{dot_worker,dot_operator}');
  v_other  constant text := test.login('o', '{dot_worker,dot_operator}');
  v_act    constant text := $q$select (dot.fn_actor_current())::text from (select set_config('dot.for_job', %L, true), set_config('dot.for_token', %L, true) offset 0) s$q$;
  v_job    bigint;
  v_token  text;
  v_start  text;
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name, principal)
  values ('ann', 'human', null, null), ('bot', 'agent', null, 'ann'), ('wim', 'human', v_worker, null), ('olga', 'human', v_other, null);
  v_job := (test.jobs(1, 'system.command'))[1];
  update dot.job_queue set payload = '{"$for": {"actor": "bot", "kind": "agent", "principal": "ann"}}' where job_id = v_job;
  v_start := test.by(v_worker, $q$select dot.fn_worker_start('{dot}') ->> 'worker'$q$);
  v_token := test.by(v_worker, format($q$select token from dot.fn_job_claim(%L, '{dot}', 1)$q$, v_start));
  perform test.equal(test.by(v_worker, format(v_act, v_job, v_token)), '(wim,agent,ann,t)');
  perform test.equal(test.by(v_other, format(v_act, v_job, v_token)), 'DT409', 'another''s lease');
  perform test.equal(test.by(v_worker, format(v_act, v_job, '1')), 'DT409', 'a token made up');
  perform test.equal(test.by(v_worker, format(v_act, 'x', 'y')), 'DT409', 'nonsense');
  -- A person's job answers to that person, and decides nothing by itself.
  update dot.job_queue set payload = '{"$for": {"actor": "ann", "kind": "human"}}' where job_id = v_job;
  perform test.equal(test.by(v_worker, format(v_act, v_job, v_token)), '(wim,service,ann,t)');
  update dot.job_queue set payload = '{}' where job_id = v_job;
  perform test.equal(test.by(v_worker, format(v_act, v_job, v_token)), '(wim,service,,t)');
  perform dot.fn_job_cancel_many(array[v_job]);
  perform test.equal(test.by(v_worker, format(v_act, v_job, v_token)), 'DT409', 'lost meanwhile');
end
$$;
