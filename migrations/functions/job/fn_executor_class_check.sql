create or replace function dot.fn_executor_class_check(p_proposal uuid) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('ok', c.class_code is not null and b.proposal_id is not distinct from p_proposal, 'proposal', p_proposal, 'class', p.outcome_jsonb -> 'class')
    from dot.proposal p
    left join dot.executor_class_registry c on c.class_code = p.outcome_jsonb ->> 'class'
    left join dot.registry_birth b on b.registry_code = 'executor-classes' and b.entry_key = c.class_code
   where p.proposal_id = p_proposal
$$;
comment on function dot.fn_executor_class_check(uuid) is 'Whether the executor class that a proposal added is there, born of it: {ok, proposal, class}.';
