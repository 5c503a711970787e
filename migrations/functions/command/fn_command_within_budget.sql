create or replace function dot.fn_command_within_budget(p_command text, p_args jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_actor  record := dot.fn_actor_current();
  v_budget bigint := dot.fn_actor_budget(v_actor.actor_kind, 'runs_per_hour');
  v_runs   bigint;
begin
  -- What changes a budget is not held against it, or one too small could not be lifted; an agent lifts none.
  if v_budget is null or v_actor.actor_kind <> 'agent' and p_command = any (dot.fn_command_with('set_setting')) and p_args ->> 'gate' like 'budget.%' then
    return null;
  end if;
  -- One after the other, so that callers at the same time do not all find the last place free. Released by the commit of
  -- the intent.
  perform dot.fn_lock_take('budget', v_actor.actor_id);
  select count(*) into v_runs from (
    select 1 from dot.dot_command_run
     where actor = v_actor.actor_id and mode in ('run', 'plan_apply', 'sql') and state <> 'refused'
       and started_at > clock_timestamp() - interval '1 hour'
       and (actor_kind = 'agent' or not (command_code = any (dot.fn_command_with('set_setting')) and coalesce(args ->> 'gate' like 'budget.%', false)))
     limit v_budget) r;
  if v_runs < v_budget then
    return null;
  end if;
  return dot.fn_command_refusal('DT429', 'budget_runs', format('%s has started %s changing runs within an hour, its budget', v_actor.actor_id, v_runs),
    case when v_actor.actor_kind = 'human' then 'Wait, or an administrator raises the budget: ' || dot.fn_problem_set(format('budget.%s.runs_per_hour', v_actor.actor_kind), (2 * v_budget)::text)
      else format('Wait, or ask a person to run it: dot %s', p_command) end, jsonb_build_object('budget', v_budget, 'actor_kind', v_actor.actor_kind));
end
$$;
comment on function dot.fn_command_within_budget(text, jsonb) is
  'Whether the actor may start one more changing run within the hour: null, or a refusal (DT429). What changes a budget (p_args: its gate) neither counts nor is refused, but for agents. Serializes the beginnings of one actor who has such a budget.';
