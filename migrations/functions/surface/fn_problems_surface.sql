create or replace function dot.fn_problems_surface()
returns table (category text, signal text, since timestamptz, count bigint, what text, cure text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with health as materialized (select * from dot.fn_health_checks() c where c.state <> 'green')
  select m.category, m.signal, m.since, h.count, m.what, m.cure
    from health h
    join lateral (
      select 'integrity', 'runs waiting to be sealed', 'late_seal', 'finished runs have waited for more than a day to be sealed', 'dot audit seal',
             (select min(r.finished_at) from dot.audit_pending p join dot.dot_command_run r using (run_id))
      union all
      select 'integrity', 'leaves waiting to be signed', 'late_signature', 'leaves of the log have waited for more than a day to be signed', 'dot audit seal',
             (dot.fn_audit_unsigned() ->> 'oldest')::timestamptz
      union all
      select 'integrity', 'emergencies without review', 'unreviewed_emergency', 'emergencies have ended and nobody has reviewed them',
             coalesce((select format('dot breakglass review %s --verdict VERDICT --rationale WHY', min(b.break_glass_id::text)) from dot.break_glass b
                        where b.reviewed_at is null and (b.closed_at is not null or b.expires_at <= dot.fn_clock_now())), 'dot breakglass list'),
             (select min(least(b.closed_at, b.expires_at)) from dot.break_glass b where b.reviewed_at is null)
      union all
      select 'overdue', 'runs without an end', 'stuck_runs', 'runs began over an hour ago, or their sessions have been gone for a minute, and have not ended', 'dot run reap --yes',
             (select min(r.started_at) from dot.fn_run_stuck() r)
      union all
      select 'overdue', 'backup overdue', 'late_backup', format('the local cluster has had no backup for more than %s days', dot.fn_config_int('backup.remind_after_days')), 'dot backup run',
             (select max(r.finished_at) from dot.dot_command_run r where r.command_code = any (dot.fn_command_with('back_up')) and r.mode = 'run' and r.state = 'succeeded')
      union all
      select 'cuts', 'failed cuts', 'failed_cuts', 'cuts failed: their pieces were not the bytes of their document',
             coalesce((select format('dot iu cancel %s --yes', min(c.cut_request_id::text)) from dot.cut_request c where c.state = 'failed'), 'dot iu health'),
             (select min(c.updated_at) from dot.cut_request c where c.state = 'failed')
      union all
      select 'overdue', 'cuts waiting', 'waiting_cuts', 'cut requests have not moved for a day',
             coalesce((select dot.fn_cut_next(c.cut_request_id) || ' --yes' from dot.cut_request c
                        where c.state in ('staged', 'marked', 'approved', 'cut', 'verified') and c.updated_at < dot.fn_clock_now() - interval '1 day'
                        order by c.updated_at, c.cut_request_id limit 1), 'dot iu health'),
             (select min(c.updated_at) from dot.cut_request c where c.state in ('staged', 'marked', 'approved', 'cut', 'verified'))
      union all
      select 'integrity', n.item, n.signal, n.what, n.cure, null
        from (values ('cuts not materialized', 'bare_versions', 'document versions have pieces without their axes', 'dot phase0 autowire'),
                     ('units without envelope', 'bare_units', 'unit versions have no axes', 'dot phase0 autowire'),
                     ('split or merge without approval', 'lineage_unapproved', 'pieces were split, merged or reverted with no approval behind it', 'dot audit verify'),
                     ('rows without parent', 'orphans', 'rows belong to nothing', 'dot audit verify')) n(item, signal, what, cure)
    ) m(category, item, signal, what, cure, since) on m.item = h.item
   -- What may be unwired says so elsewhere.
   where h.state = 'red' or m.signal not in ('bare_versions', 'bare_units')
  union all
  select 'overdue', 'expired_approvals', p.expires_at, 1, format('proposal %s was approved and has expired before it was applied', p.proposal_id),
         -- Who looks is told what they may do; else whoever may review it.
         format(case when dot.fn_proposal_withdrawable(p.proposal_id) then 'dot proposal withdraw %s --note WHY --yes' else 'dot proposal reject %s --rationale WHY --yes' end, p.proposal_id)
    from dot.proposal p where p.proposal_state = 'approved' and p.expires_at <= dot.fn_clock_now()
  union all
  -- It has no end of its own, and keeps what it has changed and locked: a seal, housekeeping, a key.
  select 'overdue', 'prepared_transactions', x.prepared, 1, format('%s has prepared a transaction, which holds what it has locked until someone ends it', x.owner),
         -- It is typed into a shell, and its name is whatever its owner liked.
         case when x.gid ~ '^[A-Za-z0-9_.:-]+$' then format('psql -c "rollback prepared ''%s''"', x.gid) else 'psql -c "table pg_prepared_xacts"' end
    from pg_prepared_xacts x where x.database = current_database() and x.prepared < clock_timestamp() - interval '5 minutes'
  union all
  select 'overdue', 'held_locks', min(h.since), count(*), format('session %s of %s keeps everybody else from: %s', h.pid, coalesce(h.login, 'nobody who is known'), string_agg(distinct h.lock_kind, ', ')),
         format('psql -c "select pg_terminate_backend(%s)"', h.pid)
    from dot.fn_lock_holders() h where h.pid is not null and h.since < clock_timestamp() - interval '5 minutes' group by h.pid, h.login
  union all
  select 'integrity', 'unfit_actors', null, 1, format('actor or login %s: %s', f ->> 'actor', f ->> 'problem'), f ->> 'cure'
    from jsonb_array_elements(dot.fn_actor_check() -> 'problems') f
  union all
  -- It takes too long to be done here, so what it found stands until it finds nothing.
  select 'integrity', 'audit_findings', r.finished_at, f.count,
         format('dot audit verify, run by %s, found: %s', r.actor, coalesce(f.means, 'what is no more known')), 'dot audit verify'
    from dot.fn_audit_verified_last() r
   cross join lateral (
     select greatest(sum(case when x.value ->> 'count' ~ '^[0-9]{1,9}$' then (x.value ->> 'count')::bigint end), 1)::bigint as count,
            left(string_agg(x.value ->> 'means', '; '), 500) as means
       from jsonb_array_elements(case jsonb_typeof(r.found #> '{detail,findings}') when 'array' then r.found #> '{detail,findings}' else '[]' end) x) f
   where r.found is not null
  union all
  select 'integrity', 'untrue_registry', null, count(*), format('registry %s is not what was born into it: %s', r.value ->> 'registry', min(r.value ->> 'problem')),
         format('dot registry check %s', r.value ->> 'registry')
    from jsonb_array_elements(dot.fn_registry_check() -> 'problems') r group by r.value ->> 'registry'
$$;
comment on function dot.fn_problems_surface() is
  'For fn_problems: what fn_health_checks finds and somebody has to cure, what the audit was found to be when it was verified last, approvals that expired before they were used, transactions that have been prepared, or have held a lock of the platform, for more than five minutes, and registries whose entries do not match their births.';
