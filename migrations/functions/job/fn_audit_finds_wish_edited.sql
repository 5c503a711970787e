create or replace function dot.fn_audit_finds_wish_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with wish(object, kind, payload, run_id) as (
    select 'batch ' || b.batch_id, b.on_complete ->> 'kind', b.on_complete -> 'payload', b.run_id from dot.job_batch b
    union all
    select 'job ' || j.job_id, k.job_kind, j.payload, j.run_id
      from dot.job_kind_registry k join dot.executor_class_registry e on e.class_code = k.executor_class join dot.job_queue j using (kind_id)
     where e.executor_kind = 'command'
  )
  select 'wish_edited', w.object, r.run_id,
         case when w.kind is distinct from r.args ->> 'kind' then format('it is of kind %s, and its run asked for %s', coalesce(w.kind, 'none'), coalesce(r.args ->> 'kind', 'none'))
           when w.payload -> '$for' ->> 'actor' is distinct from r.actor and dot.fn_job_is_command(w.kind) then format('it is for %s, and %s asked for it', coalesce(w.payload -> '$for' ->> 'actor', 'nobody'), r.actor)
           else 'its payload is not what its run asked for' end
    from wish w join dot.dot_command_run r using (run_id)
   -- What else makes jobs has arguments of its own.
   where r.command_code = any (dot.fn_command_with('enqueue')) and r.args ? 'payload'
     and (w.kind is distinct from r.args ->> 'kind'
       or w.kind is not null and (
         dot.fn_job_is_command(w.kind) and w.payload -> '$for' ->> 'actor' is distinct from r.actor
         -- Of what is large the run keeps a digest.
         or not coalesce(r.args -> 'payload', '{}') ?& array['sha256', 'bytes']
            and w.payload - '$for' is distinct from coalesce(nullif(r.args -> 'payload', 'null'), '{}') - '$for'))
$$;
comment on function dot.fn_audit_finds_wish_edited() is
  'For fn_audit_objects: wish_edited, commands that wait as jobs, and what the end of a batch asks for, where kind, payload or whose it is differ from the run that asked. What was asked for without a run of its own (by a function within a transaction, by a schedule, which is covered, by a subscription) is not compared.';
