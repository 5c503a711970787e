do $$
declare
  v_worker uuid := test.worker('{sql}');
  v_jobs   bigint[];
begin
  create table public.effect (n int);
  grant insert on public.effect to dot_owner;
  create function dot.fn_test_cancels(p_jobs bigint[], p_payloads jsonb[]) returns void language plpgsql volatile set search_path = dot, pg_temp as $f$
  declare
    v_payload jsonb;
  begin
    foreach v_payload in array p_payloads loop
      insert into public.effect values ((v_payload ->> 'n')::int);
      perform dot.fn_job_cancel_many(array(select job_id from dot.job_queue where payload ->> 'n' = v_payload ->> 'cancels'), 'not any more');
    end loop;
  end $f$;
  alter function dot.fn_test_cancels(bigint[], jsonb[]) owner to dot_owner;
  perform set_config('dot.birth', '{"source": "catalog"}', true);
  insert into dot.job_kind_registry (job_kind, executor_class, target, queue_code, retry_policy, summary)
  values ('test.cancels', 'sql', '{"function": "fn_test_cancels", "set": true}', 'bench', 'standard', 'x');
  v_jobs := (dot.fn_job_enqueue_many('test.cancels', array['{"n": 1, "cancels": "2"}', '{"n": 2}', '{"n": 3}']::jsonb[])).jobs;
  assert dot.fn_job_run_sql(v_worker, 10) @> '{"succeeded": 2, "retry": 0, "dead": 0}';
  perform test.equal((select array_agg(n order by n) from public.effect), '{1,3}'::int[]);
  perform test.equal((select string_agg(outcome::text, '' order by job_id) from dot.job_history where job_id = any (v_jobs)), 'scs');
end
$$;
