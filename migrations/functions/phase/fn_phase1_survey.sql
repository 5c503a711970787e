create or replace function dot.fn_phase1_survey() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with step as (
    select s.step, s.gate, s.turns_on, c.config_key is not null as declared, coalesce(c.value = 'true', false) as open,
           (select max(h.changed_at) from dot.dot_config_history h where h.config_key = s.gate) as changed_at
      from dot.fn_phase1_steps() s left join dot.dot_config c on c.config_key = s.gate and c.value_type = 'bool' and c.status = 'active'
  ), needed(kind, name, there) as (
    select 'table', t, to_regclass('dot.' || t) is not null
      from unnest('{event_outbox,event_subscription,consumer_registry,job_queue,job_history,job_dead_letter,queue_heartbeat,retry_policy_registry,failure_class_registry,executor_class_registry,idempotency_registry,job_subscription,dlq_replay_request}'::text[]) t
    union all
    select 'function', f, exists (select 1 from pg_proc p where p.pronamespace = 'dot'::regnamespace and p.proname = f)
      from unnest('{fn_job_enqueue,fn_job_claim,fn_job_complete,fn_job_fail_transient,fn_job_fail_permanent,fn_job_heartbeat,fn_job_lease_reaper,fn_dlq_replay}'::text[]) f
    union all
    select 'view', v, to_regclass('dot.' || v) is not null
      from unnest('{v_job_queue_backlog,v_job_queue_in_progress,v_job_queue_dead_letter_open,v_dead_letter_all,v_queue_health}'::text[]) v
    union all
    select 'executor class', e, exists (select 1 from dot.executor_class_registry r where r.class_code = e and r.status = 'active')
      from unnest('{dot,sql,ai_agent,human,external_api,notification,render}'::text[]) e
  )
  select jsonb_build_object(
    -- A gate that is open above one that is closed was not opened in order.
    'ok', not exists (select 1 from needed where not there) and not exists (select 1 from step where not declared)
          and not exists (select 1 from step a join step b on b.step > a.step where b.open and not a.open),
    'enabled', (select bool_and(open) from step), 'next', (select gate from step where not open order by step limit 1),
    'steps', (select jsonb_agg(jsonb_build_object('step', step, 'gate', gate, 'open', open, 'declared', declared, 'turns_on', turns_on, 'changed_at', changed_at) order by step) from step),
    'missing', (select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'name', name) order by kind, name), '[]') from needed where not there),
    'waiting', (select count(*) from (select 1 from dot.job_queue limit 100000) q), 'dead', (select count(*) from dot.job_dead_letter where state = 'open'),
    'workers', (select count(*) from dot.queue_heartbeat where state = 'active'))
$$;
comment on function dot.fn_phase1_survey() is
  'How far jobs are turned on: {ok, enabled, next, steps, missing, waiting (counted up to 100,000), dead, workers}. ok: everything that Phase 1 needs is there, and no gate is open above one that is closed.';
