create or replace function dot.fn_audit_finds_wish_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set jit = off
as $$
  with done as materialized (select * from dot.fn_job_of_commands()),
  -- What was asked for first: what is replayed is what died, and what died is what was asked for (fn_audit_finds_replay_edited).
  wish(object, job_id, batch_id, kind, payload, run_id, at, enqueued_at) as (
    select d.object, d.job_id, null::uuid, d.job_kind, d.payload, d.run_id, coalesce(d.enqueued_at, d.died_at), d.enqueued_at from done d
     where not exists (select 1 from done l where l.letter = d.replay_of and (d.letter is null or l.letter < d.letter))
    union all
    select 'batch ' || b.batch_id, null, b.batch_id, b.on_complete ->> 'kind', b.on_complete -> 'payload', b.run_id, b.created_at, null from dot.job_batch b
  ),
  kept as (
    select w.*, h.image, h.run_id as kept_run, r.state as kept_state
      from wish w
      left join lateral (
        select h.image, h.run_id from dot.dot_row_history h
         where h.relation = 'job_wish' and h.row_key = coalesce('job ' || w.job_id, 'batch ' || w.batch_id) order by h.change_id limit 1) h on true
      left join dot.dot_command_run r on r.run_id = h.run_id
  ),
  judged as (
    select k.object, coalesce(k.kept_run, k.run_id) as run_id, case
        when k.image is not null and k.kept_state is distinct from 'succeeded' then 'no run that succeeded asked for it'
        when k.image is not null then case
          when k.kind is distinct from k.image ->> 'kind' then format('it is of kind %s, and its run asked for %s', coalesce(k.kind, 'none'), coalesce(k.image ->> 'kind', 'none'))
          when k.image <> dot.fn_job_wish_image(k.kind, k.payload) then 'its payload, or whose it is, is not what its run asked for' end
        -- The end of a batch, which is compared itself.
        when b.batch_id is not null then case when k.kind is distinct from b.on_complete ->> 'kind' or k.payload <> b.on_complete -> 'payload' || jsonb_build_object('batch', b.batch_id)
          then 'it is not what the end of its batch asked for' end
        -- What a schedule fired is held to it by fn_audit_finds_fire_edited.
        when exists (select 1 from dot.job_schedule_fire f where f.job_id = k.job_id) then null
        when k.payload ? 'event' and k.payload - array['event', 'type', 'key', 'subject', 'payload', '$for'] = '{}' then dot.fn_job_event_refused(k.kind, k.payload, k.enqueued_at)
        -- Before there was anything to compare with, the run of job enqueue and batch open has the arguments. Whoever writes a row writes
        -- its time: the platform was there by then, and no job with a lower number was kept with its wish.
        when k.at < (select m.installed_on from dot._sqlx_migrations m where m.version = 56) and k.at >= (select m.installed_on from dot._sqlx_migrations m where m.version = 1)
          and not exists (select 1 from dot.dot_row_history h where h.relation = 'job_wish' and case when h.row_key ~ '^job [0-9]{1,18}$' then substr(h.row_key, 5)::bigint < k.job_id end) then coalesce((
          select case when not (r.command_code = any (dot.fn_command_with('enqueue')) and r.args ? 'payload') then ''
                   when k.kind is distinct from r.args ->> 'kind' then format('it is of kind %s, and its run asked for %s', coalesce(k.kind, 'none'), coalesce(r.args ->> 'kind', 'none'))
                   when dot.fn_job_is_command(k.kind) and k.payload -> '$for' ->> 'actor' is distinct from r.actor
                     then format('it is for %s, and %s asked for it', coalesce(k.payload -> '$for' ->> 'actor', 'nobody'), r.actor)
                   when k.kind is not null and not coalesce(r.args -> 'payload', '{}') ?& array['sha256', 'bytes']
                     and k.payload - '$for' is distinct from coalesce(nullif(r.args -> 'payload', 'null'), '{}') - '$for' then 'its payload is not what its run asked for' else '' end
            -- A job that died then does not say who asked for it.
            from dot.dot_command_run r where r.run_id = k.run_id), case when k.object like 'dead letter %' then '' else 'nobody is known to have asked for it' end)
        else 'nobody is known to have asked for it' end as detail
      from kept k
      left join dot.job_batch b on b.complete_job_id = k.job_id
  )
  select 'wish_edited', j.object, j.run_id, j.detail from judged j where j.detail <> ''
$$;
comment on function dot.fn_audit_finds_wish_edited() is
  'For fn_audit_objects: wish_edited, jobs that run commands (fn_job_of_commands) and ends of batches that are not what was asked for, or are for somebody else, or that nobody is known to have asked for. What was asked for by a run is kept and sealed with it (fn_job_wish); what the end of a batch or an event makes is held to these.';
