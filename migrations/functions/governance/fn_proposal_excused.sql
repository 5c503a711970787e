create or replace function dot.fn_proposal_excused(p_command text, p_quorums jsonb) returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_levels    text[] := array(select distinct q ->> 'level' from jsonb_array_elements(p_quorums) q where q ->> 'met' = 'false');
  v_emergency uuid;
begin
  -- What asks for the approval of another person of itself asks nobody less in an emergency: else it would make the reviewers
  -- that it does without.
  if exists (
    select 1 from dot.dot_command_catalog k join pg_proc f on f.proname = k.pg_function and f.pronamespace = 'dot'::regnamespace
     where k.command_code = p_command and (position('dot.fn_actor_approval(' in f.prosrc) > 0 or position('dot.fn_actor_promote(' in f.prosrc) > 0))
  then
    return null;
  end if;
  -- Either excuse is a person's.
  if 'hard_mandatory' = any (v_levels) or (dot.fn_actor_current()).actor_kind <> 'human' or dot.fn_actor_unknown() is not null then
    return null;
  end if;
  if 'soft_mandatory' <> all (v_levels) then
    return 'its policy is advisory';
  end if;
  v_emergency := dot.fn_breakglass_current(p_command);
  return 'emergency ' || v_emergency;
end
$$;
comment on function dot.fn_proposal_excused(text, jsonb) is
  'Why the caller may apply a proposal without the quorum that is missing (p_quorums as of fn_proposal_quorum), or null: an advisory policy lets any person, a soft_mandatory one a person with an emergency open for p_command, which applies it, a hard_mandatory one nobody. Commands that ask for an approval of themselves (fn_actor_approval) are excused by neither.';
