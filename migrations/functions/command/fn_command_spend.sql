create or replace function dot.fn_command_spend(p_run_id uuid, p_effects jsonb) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run    dot.dot_command_run;
  v_budget bigint;
  v_rows   bigint;
begin
  select * into v_run from dot.dot_command_run where run_id = p_run_id;
  v_budget := dot.fn_actor_budget(v_run.actor_kind, 'rows_per_run');
  -- What people approved, with these effects before their eyes, is theirs to spend; fn_command_open has judged whether they did.
  if v_budget is null or v_run.mode = 'dry_run' or dot.fn_command_run_proposal(p_run_id) is not null then
    return;
  end if;
  select coalesce(sum(n.value::bigint), 0) into v_rows
    from jsonb_each(p_effects -> 'tables') t cross join lateral jsonb_each_text(t.value) n;
  if v_rows > v_budget then
    raise exception using errcode = 'DT429',
      message = format('%s rows are more than the %s that one run of an actor of kind %s may change; nothing was changed', v_rows, v_budget, v_run.actor_kind),
      detail = jsonb_build_object('refused', true, 'reason', 'budget_rows', 'rows', v_rows, 'budget', v_budget, 'effects', p_effects -> 'tables')::text,
      hint = 'Do it in smaller parts, or propose it: the same command with --propose.';
  end if;
end
$$;
comment on function dot.fn_command_spend(uuid, jsonb) is
  'Holds the measured effects of a run against the row budget of its actor kind. DT429 when they are more, which rolls the effect back. Rehearsals are free, and so is what an approved proposal carries.';
