create or replace function dot.fn_cut_move(p_cuts uuid[], p_to text) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_now timestamptz := dot.fn_clock_now();
begin
  update dot.cut_request set state = p_to, updated_at = v_now where cut_request_id = any (p_cuts);
end
$$;
comment on function dot.fn_cut_move(uuid[], text) is
  'Moves cut requests to a state. The trigger fn_cut_request_judge refuses an illegal move with DT409 and records each move.';
