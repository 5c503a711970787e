do $$
declare
  v_ann  constant text := test.actor('ann', 'human', '{dot_operator}');
  v_jobs constant bigint[] := array(select (test.by(v_ann, $q$select dot.fn_job_enqueue_command('system.command', '{"command": "queue list", "args": {}}') ->> 'job'$q$))::bigint from generate_series(1, 3));
begin
  perform dot.fn_job_enqueue('system.noop');
  perform dot.fn_job_cancel_many(v_jobs[2:2]);
  insert into dot.job_dead_letter (job_id, kind_id, queue_id, priority, attempts, failure_class, reason, error, died_at, enqueued_by, payload)
  select job_id, kind_id, queue_id, priority, 1, 'permanent', 'permanent', '{}', clock_timestamp(), enqueued_by, payload from dot.job_queue where job_id = v_jobs[3];
  delete from dot.job_queue where job_id = v_jobs[3];
  perform test.equal((select array_agg(format('%s %s %s %s %s', d.object, d.job_id, d.job_kind, coalesce(d.outcome::text, '-'), case when d.letter is null then d.enqueued_at is not null else d.died_at is not null end) order by d.job_id) from dot.fn_job_of_commands() d),
    array[format('job %s %s system.command - t', v_jobs[1], v_jobs[1]), format('job %s %s system.command c t', v_jobs[2], v_jobs[2]),
      format('dead letter %s %s system.command - t', (select dead_letter_id from dot.job_dead_letter), v_jobs[3])]);
end
$$;
