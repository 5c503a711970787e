create or replace function dot.fn_audit_finds_replay_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set jit = off
as $$
  with done as materialized (select * from dot.fn_job_of_commands()),
  replay as (
    select d.object, d.job_id, d.run_id, l.letter, (d.job_kind, d.payload) is distinct from (l.job_kind, l.payload) as is_other
      from done d join done l on l.letter = d.replay_of
  )
  select 'replay_edited', r.object, r.run_id, format('it is not what dead letter %s was', r.letter) from replay r where r.is_other
  union all
  -- What is replayed was replayed by a request, which is governed itself.
  select 'replay_edited', r.object, null, format('no request replayed dead letter %s as it', r.letter) from replay r
   where not exists (select 1 from dot.dlq_replay_item i where i.dead_letter_id = r.letter and i.job_id = r.job_id)
$$;
comment on function dot.fn_audit_finds_replay_edited() is
  'For fn_audit_objects: replay_edited, jobs that run commands, and dead letters of such, that replay a dead letter and are not what it was, or that no request replayed.';
