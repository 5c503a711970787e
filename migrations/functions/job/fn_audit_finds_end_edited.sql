create or replace function dot.fn_audit_finds_end_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set jit = off
as $$
  with done as materialized (select * from dot.fn_job_of_commands()),
  live as (select * from done d where d.letter is null and d.outcome is null),
  ended as (select * from done d where d.outcome is not null),
  -- However the caller wrote it.
  sealing as materialized (
    select r.run_id, regexp_replace(lower(r.args ->> 'batch'), '[^0-9a-f]', '', 'g') as batch
      from dot.dot_command_catalog k join dot.dot_command_run r using (command_code) where k.pg_function = 'fn_batch_seal' and r.state = 'succeeded')
  select 'end_edited', l.object, null::uuid, format('job %s ended otherwise', l.job_id)
    from done l join ended e using (job_id) where l.letter is not null and e.outcome <> 'x'
  union all
  select 'end_edited', j.object, j.run_id, format('it is said to have died (dead letter %s), and waits', l.letter)
    from live j join done l using (job_id) where l.letter is not null
  union all
  select 'end_edited', j.object, j.run_id, 'it has ended already, and waits once more' from live j where exists (select 1 from ended e where e.job_id = j.job_id)
  union all
  select 'end_edited', 'job ' || e.job_id, (array_agg(e.run_id))[1], format('it ended %s times', count(*)) from ended e group by e.job_id having count(*) > 1
  union all
  select 'end_edited', 'batch ' || b.batch_id, b.run_id, 'it has ended already, and waits once more'
    from dot.job_batch b where b.completed_at is null and b.complete_job_id is not null
  union all
  select 'end_edited', 'batch ' || b.batch_id, b.run_id, 'it is said to have ended, and what its end asked for was never made'
    from dot.job_batch b where b.completed_at is not null and b.complete_job_id is null and b.on_complete is not null
  union all
  select 'end_edited', 'batch ' || b.batch_id, b.run_id, 'it is said to have ended, and has jobs that wait'
    from dot.job_batch b where b.completed_at is not null and exists (select 1 from dot.job_queue j where j.batch_id is not null and j.batch_id = b.batch_id)
  union all
  select 'end_edited', 'batch ' || b.batch_id, s.run_id, 'a run sealed it, and it is open'
    from dot.job_batch b join sealing s on s.batch = replace(b.batch_id::text, '-', '') where not b.is_sealed
  union all
  -- A batch that is sealed ends, and sets off what its end asked for.
  select 'end_edited', 'batch ' || b.batch_id, b.run_id, 'no run that succeeded sealed it'
    from dot.job_batch b
   where (b.is_sealed or b.completed_at is not null or b.complete_job_id is not null) and dot.fn_job_is_command(b.on_complete ->> 'kind')
     and not exists (select 1 from sealing s where s.batch = replace(b.batch_id::text, '-', ''))
$$;
comment on function dot.fn_audit_finds_end_edited() is
  'For fn_audit_objects: end_edited, jobs that run commands and have ended more than once, wait though they have ended, or have two ends; batches that have ended without the job that their end asked for or before their own, that were sealed by a run and are open, and batches that end by running a command and wait though they have ended, or were sealed by no run.';
