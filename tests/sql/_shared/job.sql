-- Jobs, workers and leases, a line each. Claims and sweeps see what their own transaction has made.
create function test.jobs(p_count int default 1, p_kind text default 'system.noop_leased') returns bigint[]
language sql as $$ select jobs from dot.fn_job_enqueue_many(p_kind, array_fill('{}'::jsonb, array[p_count])) $$;

create function test.worker(p_classes text[] default '{render}') returns uuid
language sql as $$ select (dot.fn_worker_start(p_classes, null, 'w') ->> 'worker')::uuid $$;

-- Claims jobs and gives their leases as {job: token}.
create function test.claimed(p_worker uuid, p_limit int default 1) returns jsonb
language sql as $$ select coalesce(jsonb_object_agg(c.job, c.token), '{}') from dot.fn_job_claim(p_worker, '{render}', p_limit) c $$;

create function test.job_ids(p_leases jsonb) returns bigint[]
language sql as $$ select array_agg(l.key::bigint order by l.key::bigint) from jsonb_each_text(p_leases) l $$;

create function test.tokens(p_leases jsonb) returns bigint[]
language sql as $$ select array_agg(l.value::bigint order by l.key::bigint) from jsonb_each_text(p_leases) l $$;

-- Jobs that have died, as their dead letters.
create function test.dead(p_count int default 1) returns bigint[]
language plpgsql as $$
declare
  v_jobs   bigint[] := test.jobs(p_count);
  v_leases jsonb := test.claimed(test.worker(), p_count);
begin
  perform dot.fn_job_fail_permanent(test.job_ids(v_leases), test.tokens(v_leases), array_fill('{"message": "bad"}'::jsonb, array[p_count]));
  return array(select dead_letter_id from dot.job_dead_letter where job_id = any (v_jobs) order by dead_letter_id);
end
$$;

-- As a platform is whose second phase is enabled.
do $$
begin
  perform set_config('dot.trace_id', md5('shared'), true);
  perform dot.fn_gate_set(g, 'open')
     from unnest('{queue.job_substrate.enabled,queue.worker.enabled,queue.notify.enabled,queue.lease_reaper.enabled,queue.dlq.replay_enabled}'::text[]) g;
end
$$;

-- A request to replay dead letters.
create function test.replay_request(p_letters bigint[]) returns uuid
language sql as $$ select (dot.fn_dlq_request('mended', p_letters::text[]) ->> 'request')::uuid $$;
