create or replace function dot.fn_command_unconfirmed(p_command text, p_args jsonb, p_envelope jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  c_levels    constant text[] := array['low', 'high', 'critical'];
  -- Where a context is protected, everything is a level higher.
  v_higher    constant int := coalesce((p_envelope ->> 'protected')::boolean, false)::int;
  v_wanted    constant int := array_position(c_levels, dot.fn_command_risk(p_command, p_args));
  v_confirmed constant int := coalesce(array_position(c_levels, p_envelope ->> 'confirmed'), 0);
begin
  if not p_envelope ? 'confirmed' or p_envelope ->> 'mode' is distinct from 'run' or p_envelope ->> 'proposal_id' is not null
    -- What nobody knows brings a database up to date, and its program asks.
    or v_wanted is null or least(v_wanted + v_higher, 3) <= greatest(v_confirmed, 1)
  then
    return null;
  end if;
  return dot.fn_command_refusal('DT428', 'confirm', format('%s is of %s risk with these arguments here, and was not confirmed', p_command, c_levels[least(v_wanted + v_higher, 3)]),
    'Pass --yes, or --confirm NAME where it is critical; or look first with --dry-run.', jsonb_build_object('risk', c_levels[least(v_wanted + v_higher, 3)]));
end
$$;
comment on function dot.fn_command_unconfirmed(text, jsonb, jsonb) is
  'A refusal (DT428 confirm, with the risk) where a command with these arguments is more of a risk than its caller has confirmed; null where it is not. Low risk needs no confirmation. The caller says in confirmed, a level of risk, what was confirmed; one that says nothing of it is not asked, nor is what people have approved or planned, or a rehearsal.';
