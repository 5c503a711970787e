do $$
declare
  v_ann text := test.actor('ann', 'human', '{dot_admin,dot_operator}');
  v_bot text := test.actor('bot', 'agent', '{dot_agent}', 'ann');
  v_set text := $q$select coalesce(dot.fn_command_within_budget('gate set', '{"gate": "budget.human.runs_per_hour"}') ->> 'reason', 'free')$q$;
  v_any text := $q$select coalesce(dot.fn_command_within_budget('gate set', '{"gate": "test.clock"}') ->> 'hint', 'free')$q$;
begin
  grant execute on function dot.fn_command_within_budget(text, jsonb) to public;
  update dot.dot_config set value = '2' where config_key in ('budget.human.runs_per_hour', 'budget.agent.runs_per_hour');
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, started_at, finished_at)
  select dot.fn_uuid_v7(), 'gate set', 'run', 'succeeded', jsonb_build_object('gate', g), '', a, k, true, clock_timestamp() - interval '1 minute', clock_timestamp()
    from (values ('ann', 'human'), ('bot', 'agent')) w(a, k), unnest(array['x', 'budget.human.runs_per_hour']) g;
  perform test.equal(test.by(v_ann, v_any), 'free', 'one that counts');
  insert into dot.dot_command_run (run_id, command_code, mode, state, args, args_digest, actor, actor_kind, actor_verified, started_at, finished_at)
  values (dot.fn_uuid_v7(), 'gate set', 'run', 'succeeded', '{"gate": "y"}', '', 'ann', 'human', true, clock_timestamp() - interval '30 seconds', clock_timestamp());
  -- To a person it is not said that a person could.
  perform test.equal(test.by(v_ann, v_any), format('Wait, or an administrator raises the budget: dot gate set budget.human.runs_per_hour 4 --confirm %s', current_database()));
  perform test.equal(test.by(v_ann, v_set), 'free');
  perform test.equal(test.by(v_bot, v_set), 'budget_runs', 'an agent lifts none');
  perform test.equal(test.by(v_bot, v_any), 'Wait, or ask a person to run it: dot gate set');
  perform test.equal((select string_agg(cure || ' ' || round(extract(epoch from clock_timestamp() - since)), ', ' order by cure) from dot.fn_problems_command() where signal = 'used_budgets'),
    format('dot gate set budget.agent.runs_per_hour 4 --confirm %1$s 60, dot gate set budget.human.runs_per_hour 4 --confirm %1$s 30', current_database()));
end
$$;
