create role r_one login in role dot_admin;
create role r_two login in role dot_admin;
insert into dot.dot_actor (actor_id, actor_kind, login_name, roles) values ('r_one', 'human', 'r_one', '{dot_admin}'), ('r_two', 'human', 'r_two', '{dot_admin}');
create function test.begun() returns jsonb language plpgsql as $$
begin
  return dot.fn_command_begin('gate set', '{"gate": "test.clock", "value": "open"}', jsonb_build_object('run_id', test.run_id(), 'mode', 'run', 'idempotency_key', 'k'));
end $$;
grant execute on all functions in schema test to r_one, r_two;
set local session authorization r_one;
do $$
begin
  assert test.begun() ? 'run_id', 'one takes it';
  assert test.begun() ->> 'reason' = 'in_flight', 'for one it is taken';
end
$$;
set local session authorization r_two;
do $$
declare
  v_own text := test.begun() ->> 'run_id';
begin
  assert v_own is not null, 'another has a key of the same name';
  -- And is told of its own run, not of the other's.
  assert test.begun() ->> 'run_id' = v_own, 'its own';
end
$$;
reset session authorization;
