create or replace function dot.fn_command_refusal_undo(p_command text, p_args jsonb, p_envelope jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_undo uuid := (p_envelope ->> 'undo_of')::uuid;
begin
  if v_undo is null then
    return null;
  end if;
  if not exists (
    select 1 from dot.dot_command_run r join dot.dot_command_catalog k using (command_code)
     where r.run_id = v_undo and r.state = 'succeeded' and k.inverse_command = p_command
       -- To the value, and with nothing more than what the command adds by itself.
       and not exists (
         select 1 from jsonb_object_keys(p_args || (select jsonb_object_agg(replace(i.key, '_', '-'), i.value) from jsonb_each(r.outcome -> 'inverse') i)) a(name)
           left join jsonb_to_recordset(coalesce((select c.spec -> 'args' from dot.dot_command_catalog c where c.command_code = p_command), '[]')) as d(name text, "default" text, fixed text) on d.name = a.name
          where coalesce(r.outcome #>> array['inverse', replace(a.name, '-', '_')], r.outcome #>> array['inverse', a.name], d.fixed, d."default",
                  case when p_args -> a.name = 'false' then 'false' end) is distinct from p_args ->> a.name))
  then
    return dot.fn_command_refusal('DT409', 'no_undo', format('this command does not undo run %s', v_undo), format('dot run undo %s', v_undo));
  end if;
  -- What people approved is taken back by as many.
  if p_envelope ->> 'proposal_id' is null and p_envelope ->> 'mode' <> 'dry_run' and dot.fn_command_run_proposal(v_undo) is not null then
    return dot.fn_command_refusal('DT428', 'approval_required', format('run %s was done under an approved proposal, and so is taking it back', v_undo),
      format('dot run undo %s --propose', v_undo));
  end if;
  return null;
end
$$;
comment on function dot.fn_command_refusal_undo(text, jsonb, jsonb) is
  'Why a run does not take back the one that its envelope names (undo_of): that one has not succeeded, or is taken back by another command or with other arguments, or it was approved and this is not. Null: it does, or takes nothing back.';
