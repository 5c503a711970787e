-- Kinds that allow one, two and four of the key at once, in line in every order of three: as each starts, no kind that runs sees more than it allows.
do $$
declare
  v_worker uuid := test.worker('{render}');
  v_left   int;
  v_most   int;
  v_run    int;
  a int; b int; c int;
begin
  perform set_config('dot.birth', '{"source": "catalog"}', true);
  insert into dot.job_kind_registry (job_kind, executor_class, target, queue_code, retry_policy, summary, key_limit)
  select 'test.k' || n, executor_class, target, queue_code, retry_policy, 'x', n from dot.job_kind_registry cross join (values (1), (2), (4)) v(n) where job_kind = 'system.noop_leased';
  for a in 0 .. 2 loop for b in 0 .. 2 loop for c in 0 .. 2 loop
    perform dot.fn_job_enqueue('test.k' || 2 ^ n, p_concurrency_key => 'k') from unnest(array[a, b, c]) with ordinality u(n, o) order by o;
    v_left := 3;
    while v_left > 0 loop
      perform dot.fn_job_claim(v_worker, '{render}', 10);
      select count(*), min(k.key_limit) into v_run, v_most from dot.job_queue j join dot.job_kind_registry k using (kind_id) where j.state = 'x';
      assert v_run between 1 and v_most, format('%s of at most %s run, of %s %s %s', v_run, v_most, a, b, c);
      -- As many as may: the next in line could not start too.
      assert v_run = v_left or v_run >= least(v_most, (select k.key_limit from dot.job_queue j join dot.job_kind_registry k using (kind_id)
                                                         where j.state = 'r' order by j.ready_seq limit 1)), 'none waits in vain';
      -- One ends.
      delete from dot.job_queue where job_id = (select max(job_id) from dot.job_queue where state = 'x');
      v_left := v_left - 1;
    end loop;
  end loop; end loop; end loop;
end
$$;
