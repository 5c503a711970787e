create or replace function dot.fn_phase_residue(p_phase text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_residue jsonb;
  v_one     record;
  v_answer  jsonb;
  v_count   bigint;
  v_ok      boolean := true;
  v_left    jsonb := '{}'::jsonb;
begin
  perform dot.fn_phase_declared(p_phase);
  select residue into v_residue from dot.phase_registry where phase_code = p_phase and status = 'active';
  for v_one in select key as name, value as query from jsonb_each_text(v_residue) order by key loop
    v_answer := dot.fn_phase_ask(v_one.query);
    v_count := dot.fn_phase_count(v_answer);
    v_left := v_left || jsonb_build_object(v_one.name,
      coalesce(to_jsonb(v_count), to_jsonb(coalesce(v_answer ->> 'error', 'it gave no count: one row of one whole number'))));
    v_ok := v_ok and coalesce(v_count = 0, false);
  end loop;
  return v_left || jsonb_build_object('ok', v_ok);
end
$$;
comment on function dot.fn_phase_residue(text) is 'Whether the verify of a phase left nothing behind: {ok, and how many of each thing that its declaration counts}. DT404 for a phase that is none, DT409 for a declaration that was edited (fn_phase_declared).';
