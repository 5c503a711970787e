create or replace function dot.fn_phase_residue(p_phase text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_residue jsonb;
  v_one     record;
  v_answer  jsonb;
  v_value   jsonb;
  v_ok      boolean := true;
  v_left    jsonb := '{}'::jsonb;
begin
  perform dot.fn_phase_declared(p_phase);
  select residue into v_residue from dot.phase_registry where phase_code = p_phase and status = 'active';
  for v_one in select key as name, value as query from jsonb_each_text(v_residue) order by key loop
    v_answer := dot.fn_phase_ask(v_one.query);
    v_value := jsonb_path_query_first(v_answer, '$.rows[0].*');
    v_left := v_left || jsonb_build_object(v_one.name, case when v_answer ->> 'error' is null then v_value else v_answer -> 'error' end);
    v_ok := v_ok and coalesce(v_answer ->> 'error' is null and v_value = '0', false);
  end loop;
  return v_left || jsonb_build_object('ok', v_ok);
end
$$;
comment on function dot.fn_phase_residue(text) is 'Whether the verify of a phase left nothing behind: {ok, and how many of each thing that its declaration counts}. DT404 for a phase that is none, DT409 for a declaration that was edited (fn_phase_declared).';
