-- A run of a command, begun and carried out in one line.
create function test.perform(p_command text, p_args json, p_mode text default 'run', p_images int default null) returns jsonb
language plpgsql as $$
declare
  v_run uuid := dot.fn_uuid_v7();
  v_env jsonb := jsonb_build_object('run_id', v_run, 'mode', p_mode);
  v     jsonb := dot.fn_command_begin(p_command, p_args::jsonb, v_env);
begin
  assert v ->> 'run_id' = v_run::text, 'begun: ' || v::text;
  return dot.fn_command_perform(v_run, v_env, p_args, p_images => p_images) || jsonb_build_object('run', v_run);
end
$$;

create function test.run(p_run uuid) returns dot.dot_command_run
language sql as $$ select r from dot.dot_command_run r where r.run_id = p_run $$;

-- As a client makes one.
create function test.run_id() returns uuid
language sql security definer as $$ select dot.fn_uuid_v7() $$;
grant usage on schema test to public;

-- A proposal to open a gate, approved by as many as it needs or by none, and the envelope of a run that carries it.
create function test.gate_proposal(p_approved boolean default true) returns uuid
language plpgsql as $$
declare
  v_id uuid := test.proposed('command_run', '{"command": "gate set", "args": {"gate": "test.clock", "value": "open"}}');
begin
  perform dot.fn_review_record(v_id, 'approved', 'read', '[]', r, 'human', null, false) from unnest('{reviewer,another}'::text[]) r where p_approved;
  return v_id;
end
$$;

create function test.carrying(p_proposal uuid, p_mode text default 'plan_apply') returns jsonb
language sql as $$
  select jsonb_build_object('run_id', test.run_id(), 'mode', p_mode, 'proposal_id', p_proposal, 'plan_digest', md5(random()::text), 'plan', '{}'::jsonb,
    'plan_database', dot.fn_command_database(), 'plan_expires_at', '2999-01-01')
$$;

-- Numbers the runs that have no number yet, as the commit does.
create function test.numbered() returns void
language plpgsql as $$
begin
  alter table dot.dot_command_run_ending disable trigger number;
  set constraints all immediate;
  set constraints all deferred;
  alter table dot.dot_command_run_ending enable always trigger number;
  insert into dot.dot_command_run_number (run_number, run_id)
  select nextval('dot.dot_command_run_number_seq'), e.run_id from dot.dot_command_run_ending e;
  delete from dot.dot_command_run_ending;
end
$$;
