create or replace function dot.fn_actor_approval(p_message text, p_facts jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if
    -- Until there have been two who can look at each other's proposals, the first ones are made without. Once, and never again,
    -- whoever is disabled or loses a role since: else one administrator could begin anew.
    (select count(distinct lower(coalesce(a.principal, a.actor_id))) from dot.dot_actor a
      where a.actor_kind = 'human' and 'dot_reviewer' = any (a.roles)) < 2
    -- A rehearsal cannot be committed; and a run that carries a proposal is judged by that.
    or exists (select 1 from dot.dot_command_run r where r.run_id = dot.fn_run_current() and (r.mode = 'dry_run' or dot.fn_command_run_proposal(r.run_id) is not null))
  then
    return null;
  end if;
  return dot.fn_command_refusal('DT428', 'approval_required', p_message,
    'Propose it: the same command with --propose; a reviewer approves it, and proposal apply carries it out.', p_facts);
end
$$;
comment on function dot.fn_actor_approval(text, jsonb) is
  'Whether the run may change who decides, or by which key: null, or a refusal (DT428, with this message and these facts) where nobody has approved it. Until there have been two reviewers of different principals, disabled or not by now, nobody need: so a platform begins.';
