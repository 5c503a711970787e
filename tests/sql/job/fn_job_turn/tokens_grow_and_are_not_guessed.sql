do $$
declare
  v_worker uuid := test.worker();
  v_last   bigint := 0;
  v_token  bigint;
  v_tokens bigint[];
begin
  perform test.jobs();
  -- The same job again and again, many times in a millisecond of the clock too.
  for n in 1 .. 300 loop
    select c.token into v_token from dot.fn_job_claim(v_worker, '{render}', 1) c;
    assert v_token > v_last, format('%s after %s', v_token, v_last);
    v_tokens := v_tokens || v_token;
    v_last := v_token;
    perform dot.fn_job_release(array[(select job_id from dot.job_queue)], array[v_token]);
  end loop;
  -- What is below the clock is spread over all its 22 bits.
  assert (select count(distinct t & 4194303) > 290 and count(distinct (t & 4194303) >> 18) = 16 from unnest(v_tokens) t);
  -- A token that came before a crash of the server, and one of a clock that was ahead, are both less than the next.
  assert v_last > extract(epoch from clock_timestamp()) * 1000000, 'those given by microseconds';
  update dot.job_queue set lease_token = lease_token + (3600000::bigint << 22) returning lease_token into v_last;
  select c.token into v_token from dot.fn_job_claim(v_worker, '{render}', 1) c;
  assert v_token > v_last and v_token - v_last <= 4194304, 'an hour ahead';
end
$$;
