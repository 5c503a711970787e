create or replace function dot.fn_review_spend(p_decision uuid, p_result jsonb) returns void
language sql volatile security definer set search_path = dot, pg_temp
as $$
  insert into dot.review_decision_use (review_decision_id, result, run_id, used_at)
  values (p_decision, p_result, nullif(current_setting('dot.run_id', true), '')::uuid, dot.fn_clock_now())
$$;
comment on function dot.fn_review_spend(uuid, jsonb) is 'Marks a decision as carried out, with its result. A decision has one use at most.';
