create or replace function dot.fn_run_show(p_run_id uuid) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_run jsonb;
begin
  select jsonb_strip_nulls(jsonb_build_object(
           'run_id', r.run_id, 'command', r.command_code, 'mode', r.mode, 'state', r.state, 'risk', r.risk,
           'actor', r.actor, 'actor_kind', r.actor_kind, 'actor_verified', r.actor_verified, 'principal', r.principal, 'login', r.login,
           'reason', r.reason, 'started_at', r.started_at, 'finished_at', r.finished_at, 'attempts', r.attempts,
           'trace_id', r.trace_id, 'correlation_id', r.correlation_id, 'idempotency_key', r.idempotency_key, 'plan_digest', r.plan_digest,
           'proposal', dot.fn_command_run_proposal(r.run_id), 'undo_of', r.undo_of, 'undone_by', (select u.run_id from dot.dot_command_run u where u.undo_of = r.run_id and u.state = 'succeeded' and u.mode <> 'dry_run'),
           'args', r.args, 'outcome', r.outcome, 'effects', r.effects, 'pair', r.pair, 'error', r.error, 'client', r.client))
    into v_run
    from dot.dot_command_run r where r.run_id = p_run_id;
  if v_run is null then
    raise exception using errcode = 'DT404', message = format('there is no run %s', p_run_id), hint = 'See: dot run list';
  end if;
  -- Who approved it, where it was done under a proposal; and where it stands in the sealed log.
  return v_run || jsonb_strip_nulls(jsonb_build_object(
    'approvals', (
      select jsonb_agg(jsonb_build_object('reviewer', d.reviewer_id, 'verdict', d.verdict, 'decided_at', d.decided_at, 'rationale', d.decision_rationale)
               order by d.decided_at)
        from dot.review_decision_use u join dot.review_decision d using (review_decision_id) where u.run_id = p_run_id),
    'sealed_as', (select min(l.leaf_index) from dot.audit_leaf l where l.run_id = p_run_id)));
end
$$;
comment on function dot.fn_run_show(uuid) is 'One run, whole: who, what, arguments, outcome, measured effects, the pair''s verdict, the decisions that it was applied on (approvals), its place in the sealed log (sealed_as). DT404 when there is none.';
