create or replace function dot.fn_audit_finds_wish_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set jit = off
as $$
  with commands as materialized (
    select k.kind_id, k.job_kind from dot.job_kind_registry k join dot.executor_class_registry e on e.class_code = k.executor_class where e.executor_kind = 'command'
  ),
  letter as materialized (
    select l.dead_letter_id, l.job_id, l.replay_of, c.job_kind, l.payload, l.died_at from commands c join dot.job_dead_letter l using (kind_id)
  ),
  job as materialized (
    select j.job_id, c.job_kind, j.payload, j.run_id, j.dead_letter_id, j.enqueued_at, true as is_live from commands c join dot.job_queue j using (kind_id)
    union all
    select h.job_id, c.job_kind, h.payload, h.run_id, h.dead_letter_id, h.enqueued_at, false from commands c join dot.job_history h using (kind_id)
  ),
  -- What was asked for first: what is replayed is what died, and what died is what was asked for.
  wish(object, job_id, batch_id, kind, payload, run_id, at) as (
    select 'job ' || j.job_id, j.job_id, null::uuid, j.job_kind, j.payload, j.run_id, j.enqueued_at from job j where not exists (select 1 from letter l where l.dead_letter_id = j.dead_letter_id)
    union all
    select 'dead letter ' || l.dead_letter_id, l.job_id, null, l.job_kind, l.payload, null, l.died_at from letter l where not exists (select 1 from letter o where o.dead_letter_id = l.replay_of and o.dead_letter_id < l.dead_letter_id)
    union all
    select 'batch ' || b.batch_id, null, b.batch_id, b.on_complete ->> 'kind', b.on_complete -> 'payload', b.run_id, b.created_at from dot.job_batch b
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
        when f.schedule_code is not null then case when not exists (
            select 1 from dot.dot_row_history h
             where h.relation = 'job_schedule' and h.row_key = f.schedule_code and h.image ->> 'job_kind' = k.kind
               and (case jsonb_typeof(h.image -> 'payload') when 'object' then h.image -> 'payload' else '{}' end) - 'fire_at' in (k.payload - 'fire_at', jsonb_build_object('sha256', encode(sha256(convert_to((k.payload - 'fire_at')::text, 'UTF8')), 'hex'))))
          then format('it is not what schedule %s asked for', f.schedule_code)
          -- As it was left last before that.
          when (select h.image ->> 'status' from dot.dot_row_history h
                 where h.relation = 'job_schedule' and h.row_key = f.schedule_code and h.changed_at <= f.fired_at order by h.change_id desc limit 1) <> 'active'
          then format('schedule %s did not fire then', f.schedule_code) end
        -- What an event becomes is for whoever bound the subscription, then or now.
        when k.payload ? 'event' and k.payload - array['event', 'type', 'key', 'subject', 'payload', '$for'] = '{}' and exists (
            select 1 from dot.dot_row_history h
             where h.relation = 'job_subscription' and h.image ->> 'job_kind' = k.kind and h.image -> 'wanted_by' = k.payload -> '$for') then null
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
      left join dot.job_schedule_fire f on f.job_id = k.job_id
  )
  select 'wish_edited', j.object, j.run_id, j.detail from judged j where j.detail <> ''
  union all
  select 'wish_edited', 'job ' || j.job_id, j.run_id, format('it is not what dead letter %s was', l.dead_letter_id)
    from job j join letter l using (dead_letter_id) where (j.job_kind, j.payload) is distinct from (l.job_kind, l.payload)
  union all
  select 'wish_edited', 'dead letter ' || l.dead_letter_id, null, format('it is not what dead letter %s was', o.dead_letter_id)
    from letter l join letter o on o.dead_letter_id = l.replay_of where (l.job_kind, l.payload) is distinct from (o.job_kind, o.payload)
  union all
  -- What is replayed was replayed by a request, which is governed itself.
  select 'wish_edited', r.object, null, format('no request replayed dead letter %s as it', r.letter)
    from (select 'job ' || j.job_id as object, j.job_id, j.dead_letter_id as letter from job j join letter o using (dead_letter_id)
          union all
          select 'dead letter ' || l.dead_letter_id, l.job_id, l.replay_of from letter l join letter o on o.dead_letter_id = l.replay_of) r
   where not exists (select 1 from dot.dlq_replay_item i where i.dead_letter_id = r.letter and i.job_id = r.job_id)
  union all
  select 'wish_edited', 'dead letter ' || l.dead_letter_id, null, format('job %s ended otherwise', l.job_id)
    from letter l join dot.job_history h using (job_id) where h.outcome <> 'x'
  union all
  select 'wish_edited', 'job ' || j.job_id, j.run_id, format('it is said to have died (dead letter %s), and waits', l.dead_letter_id)
    from job j join letter l using (job_id) where j.is_live
  union all
  select 'wish_edited', 'job ' || j.job_id, j.run_id, 'it has ended already, and waits once more'
    from job j where j.is_live and exists (select 1 from job h where h.job_id = j.job_id and not h.is_live)
  union all
  select 'wish_edited', 'batch ' || b.batch_id, b.run_id, 'it has ended already, and waits once more'
    from dot.job_batch b where b.completed_at is null and b.complete_job_id is not null
$$;
comment on function dot.fn_audit_finds_wish_edited() is
  'For fn_audit_objects: wish_edited, jobs that run commands, waiting, ended (as long as the history has them) or dead, and ends of batches, that are not what was asked for, or are for somebody else, or that nobody is known to have asked for. What was asked for by a run is kept and sealed with it (fn_job_wish); what a schedule, a subscription or the end of a batch makes is held to these. Of a job that an event became, the event''s own part is not compared.';
