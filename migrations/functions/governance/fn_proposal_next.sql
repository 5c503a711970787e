create or replace function dot.fn_proposal_next(p_proposal uuid, p_judged jsonb) returns text
language sql immutable set search_path = dot, pg_temp
as $$
  select case
    when p_judged -> 'refusal' = 'null' then format('dot proposal apply %s --yes', p_proposal)
    else p_judged #>> '{refusal,hint}' end
$$;
comment on function dot.fn_proposal_next(uuid, jsonb) is 'The next permitted step for a proposal, by its judgement.';
