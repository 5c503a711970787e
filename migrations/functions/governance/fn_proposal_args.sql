create or replace function dot.fn_proposal_args(p_proposal text, p_command text) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select case when p.proposal_kind is distinct from 'command_run' then jsonb_build_object('proposal', g.id)
           when p.proposed_action_jsonb ->> 'command' = p_command then p.proposed_action_jsonb -> 'args' end ::text
    from (select p_proposal::uuid as id) g left join dot.proposal p on p.proposal_id = g.id
$$;
comment on function dot.fn_proposal_args(text, text) is
  'The arguments with which a run of this command may carry this proposal, as the text of their jsonb: those that were proposed; of any other kind, and of what is no proposal, its id alone. Null where it may not. Answers the hook carried_args.';
