create or replace function dot.fn_dlq_replay_all(p_request uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_step jsonb;
begin
  loop
    v_step := dot.fn_dlq_request_show(p_request);
    exit when v_step ->> 'state' <> 'running' or v_step -> 'rate' <> 'null';
    perform dot.fn_dlq_replay_step(p_request, 5000);
  end loop;
  return v_step;
end
$$;
comment on function dot.fn_dlq_replay_all(uuid) is 'Replays all that waits in a running request, in this transaction; one with a rate is left to its steps. Returns it as fn_dlq_request_show.';
