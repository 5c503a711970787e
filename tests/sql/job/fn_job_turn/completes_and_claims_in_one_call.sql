do $$
declare
  v_worker uuid := test.worker();
  v_jobs   bigint[] := test.jobs(3);
  v_leases jsonb := test.claimed(v_worker, 2);
  v_rows   jsonb;
begin
  select jsonb_agg(to_jsonb(t)) into v_rows from dot.fn_job_turn(v_worker, '{render}', test.job_ids(v_leases) || 0::bigint, test.tokens(v_leases) || 0::bigint, null, 5) t;
  perform test.equal((select array_agg(r ->> 'verdict' order by r ->> 'job') from jsonb_array_elements(v_rows) r where r ->> 'verdict' is not null), '{stale}'::text[], 'the one that is none');
  perform test.equal((select array_agg((r ->> 'job')::bigint) from jsonb_array_elements(v_rows) r where r ->> 'verdict' is null), v_jobs[3:3], 'the next');
  perform test.equal((select count(*) from dot.job_history where job_id = any (v_jobs) and outcome = 's'), 2::bigint);
  perform test.raises('DT400', format('select * from dot.fn_job_turn(%L, ''{render}'', ''{}'', ''{}'', null, -1)', v_worker));
end
$$;
