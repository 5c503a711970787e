create or replace function dot.fn_health_checks()
returns table (area text, item text, state text, count bigint, detail text)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_now     timestamptz := dot.fn_clock_now();
  v_owed    bigint;
  v_open    bigint;
  v_shared  text[];
  v_stuck   bigint;
  v_waiting bigint := (select count(*) from dot.proposal where proposal_state in ('submitted', 'review', 'approved') and (expires_at is null or expires_at > v_now));
  v_pending bigint;
  v_late    bigint;
  v_unsigned jsonb := dot.fn_audit_unsigned();
  v_actors  jsonb := dot.fn_actor_check();
  v_days    int := dot.fn_config_int('backup.remind_after_days');
  v_backup  timestamptz;
begin
  select count(*) filter (where b.reviewed_at is null and (b.closed_at is not null or b.expires_at <= v_now)),
         count(*) filter (where b.closed_at is null and b.expires_at > v_now)
    into v_owed, v_open from dot.break_glass b where b.reviewed_at is null;
  -- One login under which several people act cannot tell them apart, and neither can a quorum.
  select array_agg(s.login order by s.login) into v_shared
    from (select r.login from dot.dot_command_run r
           where r.mode in ('run', 'plan_apply', 'sql') and not r.actor_verified and r.started_at > clock_timestamp() - interval '30 days'
           group by r.login having count(distinct r.actor) > 1) s;
  select count(*) into v_stuck from dot.fn_run_stuck();
  select count(*), count(*) filter (where r.finished_at < clock_timestamp() - interval '1 day')
    into v_pending, v_late from dot.audit_pending p join dot.dot_command_run r using (run_id);
  return query values
    ('policy', 'changes frozen', case when dot.fn_gate_open('policy.freeze') then 'yellow' else 'green' end,
     dot.fn_gate_open('policy.freeze')::int::bigint, 'gate policy.freeze'),
    ('policy', 'emergencies open', case when v_open = 0 then 'green' else 'yellow' end, v_open, 'dot breakglass list'),
    ('policy', 'emergencies without review', case when v_owed = 0 then 'green' else 'red' end, v_owed, 'dot breakglass review'),
    ('policy', 'proposals waiting', 'green', v_waiting, 'dot proposal list --open'),
    ('audit', 'runs waiting to be sealed', case when v_late = 0 then 'green' else 'yellow' end, v_pending,
     format('%s of them for more than a day; dot audit seal', v_late)),
    ('audit', 'leaves waiting to be signed', case when v_unsigned -> 'late' = 'true' then 'yellow' else 'green' end, (v_unsigned ->> 'count')::bigint,
     format('the oldest of %s; dot audit seal', coalesce(v_unsigned ->> 'oldest', 'none'))),
    ('identity', 'logins that several share', case when v_shared is null then 'green' else 'yellow' end, coalesce(cardinality(v_shared), 0)::bigint,
     coalesce(array_to_string(v_shared, ', ') || ': give each person a login (dot actor add)', 'each login is one actor')),
    ('identity', 'actors that do not fit their logins', case when (v_actors -> 'ok')::boolean then 'green' else 'red' end,
     jsonb_array_length(v_actors -> 'problems')::bigint, 'dot actor check'),
    ('runs', 'runs without an end', case when v_stuck = 0 then 'green' else 'yellow' end, v_stuck, 'begun over an hour ago, or left by a session that is gone; dot run reap marks those');
  -- Of another server, whoever runs it knows about backups.
  if v_days > 0 and current_setting('cluster_name') = 'dot' and current_setting('listen_addresses') = '' then
    v_backup := coalesce(
      (select max(r.finished_at) from dot.dot_command_run r where r.command_code = any (dot.fn_command_with('back_up')) and r.mode = 'run' and r.state = 'succeeded'),
      (select r.started_at from dot.dot_command_run r order by r.run_id limit 1), v_now);
    return query values ('cluster', 'backup overdue', case when v_backup < v_now - make_interval(days => v_days) then 'red' else 'green' end,
      greatest(extract(day from v_now - v_backup)::bigint, 0), 'days without a backup; dot backup run');
  end if;
  return query select 'units', h.item, h.state, h.count, h.detail from dot.fn_iu_health() h;
end
$$;
comment on function dot.fn_health_checks() is
  'For fn_health: one row per check of what changes with every command: state green, yellow (to be known or done) or red (something is wrong or owed), and the count it comes from.';
