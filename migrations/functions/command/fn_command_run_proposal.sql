create or replace function dot.fn_command_run_proposal(p_run_id uuid) returns uuid
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_proposal uuid;
begin
  -- A migration that is taken back ends its run when its tables are gone.
  if to_regclass('dot.dot_command_run_proposal') is not null then
    select c.proposal_id into v_proposal from dot.dot_command_run_proposal c where c.run_id = p_run_id;
  end if;
  -- Runs of before the table kept it so.
  return coalesce(v_proposal, (select (r.effects ->> 'proposal')::uuid from dot.dot_command_run r where r.run_id = p_run_id));
end
$$;
comment on function dot.fn_command_run_proposal(uuid) is
  'The proposal that a run carries, null where it carries none.';
