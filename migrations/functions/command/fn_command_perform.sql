create or replace function dot.fn_command_perform(p_run_id uuid, p_envelope jsonb, p_args json, p_bodies text default null, p_images int default null) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run      dot.dot_command_run := dot.fn_command_open(p_run_id, p_envelope);
  v_args     jsonb := p_args;
  v_done     jsonb;
  v_proposal uuid := dot.fn_command_run_proposal(p_run_id);
begin
  -- What was begun, and so recorded, judged and approved, is what is done.
  if dot.fn_command_args_kept((select k.spec from dot.dot_command_catalog k where k.command_code = v_run.command_code), p_args)::text <> v_run.args::text then
    raise exception using errcode = 'DT409', message = format('run %s was begun with other arguments', p_run_id), hint = 'Begin another run.';
  end if;
  if v_proposal is not null and v_args::text is distinct from dot.fn_command_hook('carried_args', v_proposal::text, v_run.command_code) then
    raise exception using errcode = 'DT428', message = format('proposal %s was approved with other arguments', v_proposal),
      hint = 'dot proposal show ' || v_proposal;
  end if;
  if p_bodies is null then
    select b.args, b.bodies into v_args, p_bodies from dot.fn_command_bodies(v_run.command_code, v_args) b;
  end if;
  insert into dot.dot_command_run_open values (p_run_id, dot.fn_command_counters(v_run.mode = 'dry_run'));
  v_done := dot.fn_command_call(p_run_id, v_args, p_bodies, p_images);
  perform dot.fn_command_close(p_run_id, v_done);
  delete from dot.dot_command_run_open where run_id = p_run_id;
  return v_done;
end
$$;
comment on function dot.fn_command_perform(uuid, jsonb, json, text, int) is
  'The one door: calls the function of a begun run with its arguments, measures what that does and records the outcome, in one call. p_args: the whole arguments, which must be those that it was begun with; p_bodies: the bodies of documents, apart; p_images: how many row images are wanted, null for none. A run becomes succeeded or refused; a rehearsal is taken back before this returns and becomes rehearsed. Returns as fn_command_call. Commit after it. DT409 for a run that is not going on, of another login, or begun with other arguments; DT428 for other arguments than those of the proposal that it carries.';
