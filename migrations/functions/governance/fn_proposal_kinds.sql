create or replace function dot.fn_proposal_kinds()
returns table (kind text, summary text, risk text, live boolean, members text, command text, lands_in text, policy text, status text, payload jsonb)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select k.kind_code, k.summary, k.risk, k.kind_code = 'command_run' or dot.fn_proposal_function(k.apply_function) is not null,
         (select string_agg(m || case when k.payload #>> array[m, 'required'] = 'false' then '?' else '' end, ', ' order by m) from jsonb_object_keys(k.payload) m),
         k.command_code, k.lands_in, case when k.lands_in = 'proposal' then (dot.fn_policy_resolve(k.kind_code, k.risk)).policy_code end, k.status, k.payload
    from dot.proposal_kind k
   order by k.kind_code
$$;
comment on function dot.fn_proposal_kinds() is
  'The kinds of proposals: the members of their payload (? is optional), whether they can be applied yet (live), the command that --propose turns into them, and the policy in force for their usual risk.';
