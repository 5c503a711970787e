do $$
declare
  v_worker uuid := test.worker('{sql}');
begin
  create table public.effect (n int);
  grant insert on public.effect to dot_owner;
  create function dot.fn_test_counted(p_jobs bigint[], p_payloads jsonb[]) returns void language plpgsql volatile set search_path = dot, pg_temp as $f$
  declare
    v_payload jsonb;
  begin
    foreach v_payload in array p_payloads loop
      if v_payload ? 'bad' then
        raise exception using errcode = v_payload ->> 'bad', message = 'a bad job';
      end if;
      insert into public.effect values ((v_payload ->> 'n')::int);
    end loop;
  end $f$;
  alter function dot.fn_test_counted(bigint[], jsonb[]) owner to dot_owner;
  perform set_config('dot.birth', '{"source": "catalog"}', true);
  insert into dot.job_kind_registry (job_kind, executor_class, target, queue_code, retry_policy, summary)
  values ('test.counted', 'sql', '{"function": "fn_test_counted", "set": true}', 'bench', 'standard', 'x');
  perform dot.fn_job_enqueue_many('test.counted', array(
    select jsonb_strip_nulls(jsonb_build_object('n', n, 'bad', case n when 7 then '22000' when 9 then '08006' end)) from generate_series(0, 49) n));
  perform test.equal(dot.fn_job_run_sql(v_worker, 100) - 'longest_ms', '{"limited": [], "succeeded": 48, "retry": 1, "dead": 1}'::jsonb);
  perform test.equal((select count(*) || ' ' || count(distinct n) from public.effect), '48 48', 'each once');
  perform test.equal((select jsonb_object_agg(failure_class, reason) from dot.job_dead_letter), '{"invalid_input": "permanent"}'::jsonb);
  perform test.equal((select last_error ->> 'class' from dot.job_queue), 'unavailable');
end
$$;
