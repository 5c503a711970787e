create or replace function dot.fn_job_later(p_command text, p_args text) returns jsonb
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  with given(args) as (select p_args::jsonb),
  later(kind, payload) as (
    select g.args ->> 'kind', g.args -> 'payload' from given g where p_command = any (dot.fn_command_with('enqueue'))
    union all
    -- What waits, and is set off.
    select w.kind, w.payload
      from given g
     cross join lateral (
        select s.job_kind, s.payload from dot.job_schedule s where s.schedule_code = g.args ->> 'schedule' and s.status = 'paused'
        union all
        select b.on_complete ->> 'kind', b.on_complete -> 'payload' from dot.job_batch b
         where replace(b.batch_id::text, '-', '') = regexp_replace(lower(g.args ->> 'batch'), '[^0-9a-f]', '', 'g') and not b.is_sealed
        union all
        -- Paused, or held back by a limit.
        select w.job_kind, w.payload from dot.queue_registry q cross join lateral dot.fn_queue_waiting(q.queue_code) w
         where q.queue_code = g.args ->> 'queue' and (q.status = 'paused' or q.rate_limit is not null or q.max_running is not null)
        union all
        select s.job_kind, '{}' from dot.job_subscription s where s.subscription_code = g.args ->> 'subscription'
        union all
        select distinct k.job_kind, d.payload
          from dot.dlq_replay_item i join dot.job_dead_letter d using (dead_letter_id) join dot.job_kind_registry k using (kind_id)
         where replace(i.request_id::text, '-', '') = regexp_replace(lower(g.args ->> 'request'), '[^0-9a-f]', '', 'g') and i.state = 'waiting' and dot.fn_job_is_command(k.job_kind)
        union all
        select w.kind, w.payload
          from dot.job_queue j join dot.job_kind_registry k using (kind_id) left join dot.job_batch b on b.batch_id = j.batch_id and b.is_sealed
         -- Itself, and what the end of its batch sets off.
         cross join lateral (values (k.job_kind, j.payload), (b.on_complete ->> 'kind', b.on_complete -> 'payload')) w(kind, payload)
         where j.state = 'd' and j.job_id in (
           select t::bigint from jsonb_array_elements_text(case when jsonb_typeof(g.args -> 'jobs') = 'array' then g.args -> 'jobs' else '[]' end) t where t ~ '^\s*[0-9]{1,18}\s*$')
      ) w(kind, payload)
     where p_command = any (dot.fn_command_with('set_off'))
  )
  -- Of many alike, one.
  select coalesce(jsonb_agg(distinct jsonb_build_object('command', coalesce(k.target ->> 'command', l.payload ->> 'command'),
             'args', case when k.target ? 'command' then l.payload - '$for' else l.payload -> 'args' end)), '[]')
    from later l left join dot.job_kind_registry k on k.job_kind = l.kind
   where coalesce(k.target ->> 'command', l.payload ->> 'command') is not null
$$;
comment on function dot.fn_job_later(text, text) is
  'For fn_command_risk (hook later): the commands that a command with these arguments (JSON) has done later, [{command, args}]: that which a job is to run, by its payload or by its kind; or, of a command of duty set_off, those of a paused schedule (schedule), of an open batch (batch), of a queue that is paused or limited (queue), of deferred jobs (jobs), of a subscription whose events become jobs (subscription), of a replay request (request).';
