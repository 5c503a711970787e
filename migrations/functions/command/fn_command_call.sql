create or replace function dot.fn_command_call(p_run_id uuid, p_args jsonb, p_bodies text, p_images int) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  c_bound  constant int := 1000;
  v_run    dot.dot_command_run;
  v_before jsonb := (select o.counters from dot.dot_command_run_open o where o.run_id = p_run_id);
  v_call   text;
  v_since  timestamptz := transaction_timestamp();
  v_multi  int := mxid_age('1');
  v_data   jsonb;
  v_once   jsonb;
  v_new    jsonb;
  v_old    jsonb;
  v_rows   jsonb;
  v_done   jsonb;
  v_bound  jsonb;
begin
  select * into strict v_run from dot.dot_command_run where run_id = p_run_id and state = 'started' and entered_xid = pg_current_xact_id();
  v_call := dot.fn_command_statement(v_run.command_code, p_args);
  begin
    if p_images is null and v_run.mode <> 'plan_apply' then
      execute format('select to_jsonb(r.*) from %s r', v_call) into v_data using p_args, p_bodies;
    else
      -- One statement makes the change and then asks what the rows were: a STABLE function still sees them. Multixacts that
      -- others make meanwhile are allowed for.
      execute format(
        'select s.data, s.new, dot.fn_command_images_old(s.new, $5, mxid_age(''1'') - $4 + 1000)
           from (select c.data, dot.fn_command_images_new($3, $5) as new
                   from (select to_jsonb(r.*) as data from %s r offset 0) c offset 0) s', v_call)
        into v_data, v_new, v_old using p_args, p_bodies, v_before, v_multi, c_bound;
      v_rows := dot.fn_command_images(v_new, v_old, dot.fn_command_images_gone(v_old), c_bound);
      if v_rows ->> 'moved' = 'true' then
        raise exception using errcode = '40001', message = 'a row was changed by someone else meanwhile', hint = 'Try again.';
      end if;
    end if;
    if v_data ->> 'refused' = 'true' then
      v_done := jsonb_build_object('refusal', v_data);
      raise exception using errcode = 'DT001';
    end if;
    if jsonb_typeof(v_data) = 'object' and v_data ? 'once' then
      v_once := v_data -> 'once';
      v_data := v_data - 'once';
    end if;
    -- Read again: a rehearsal within has raised it by what it took back.
    v_done := jsonb_build_object('data', v_data, 'effects', dot.fn_command_measure((select o.counters from dot.dot_command_run_open o where o.run_id = p_run_id)), 'warnings', coalesce(dot.fn_command_warned() -> 'warnings', '[]'));
    if v_rows is not null then
      -- What an approval, or a plan that is kept, binds.
      v_bound := (v_done -> 'effects') - 'sequences_not_rolled_back' || jsonb_build_object('base_digest', v_rows -> 'base_digest',
        'rows_digest', coalesce(v_data ->> 'rows_digest', case when v_rows ->> 'whole' = 'true' then dot.fn_command_images_digest(v_rows -> 'images', p_run_id, v_since) end),
        'code_digest', dot.fn_command_code_digest(array[(select k.pg_function from dot.dot_command_catalog k where k.command_code = v_run.command_code)]));
      v_done := v_done || jsonb_build_object('plan', v_bound, 'whole', v_rows -> 'whole', 'keys', v_rows -> 'keys',
        'images', jsonb_path_query_array(v_rows -> 'images', '$[0 to $last]', jsonb_build_object('last', greatest(coalesce(p_images, 10), 1) - 1)));
    end if;
    if v_run.mode = 'plan_apply' and v_run.plan - 'sequences_not_rolled_back' is distinct from v_bound then
      perform dot.fn_command_drift(v_run.plan, v_bound, v_done -> 'images');
    end if;
    perform dot.fn_command_spend(p_run_id, v_done -> 'effects');
    if v_once is not null and v_run.mode <> 'dry_run' then
      v_done := v_done || jsonb_build_object('once', v_once);
    end if;
    if v_run.mode = 'dry_run' then
      -- Whatever a commit would find is found now; and then all of it is taken back, here, so that no caller can keep it.
      perform dot.fn_command_constraints();
      raise exception using errcode = 'DT001';
    end if;
  exception when sqlstate 'DT001' then
    null;
  end;
  return v_done;
end
$$;
comment on function dot.fn_command_call(uuid, jsonb, text, int) is
  'Makes the effect of an entered run by calling its function with these arguments, and measures it: {data, effects, warnings}, or {refusal} where the function refuses; what it returns under once is given back apart from data, under once, for no record is to hold it; with p_images (how many are given back), and whenever a plan is applied, also {plan: what a plan is held against, whole, keys, images}. What a rehearsal and a refusal have changed is rolled back within. DT412 where a plan is applied and something else happened, DT429 beyond the row budget; 40001 where a row was changed meanwhile.';
