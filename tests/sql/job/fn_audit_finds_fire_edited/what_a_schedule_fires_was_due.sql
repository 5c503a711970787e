do $$
declare
  c_list constant jsonb := '{"command": "queue list", "args": {}}';
  c_hour constant timestamptz := date_trunc('hour', clock_timestamp());
  v_ann  constant text := test.actor('ann', 'human', '{dot_operator}');
  v_job  bigint;
  v_row  dot.job_queue;
  v_forged bigint;
begin
  perform test.by(v_ann, format('select dot.fn_schedule_create(%L, %L, %L, %L)::text', 's', '@hourly', 'system.command', c_list));
  -- It was made yesterday.
  set local session_replication_role = replica;
  alter table dot.dot_row_history disable trigger user;
  update dot.job_schedule set created_at = created_at - interval '1 day', next_at = c_hour;
  update dot.dot_row_history set changed_at = changed_at - interval '1 day', image = jsonb_set(image, '{created_at}', to_jsonb((select created_at from dot.job_schedule))) where relation = 'job_schedule';
  set local session_replication_role = origin;
  perform test.equal(dot.fn_job_schedule_tick(), 1);
  select j.* into v_row from dot.job_queue j join dot.job_schedule_fire f using (job_id);
  v_job := v_row.job_id;
  v_forged := v_job + 1000;
  perform test.equal(test.found('fire_edited'), null::text[], 'it was due');
  -- A fire for a time that did not come, or came before the schedule was made; one that its job does not say.
  insert into dot.job_queue select (x.j).* from (select jsonb_populate_record(v_row, jsonb_build_object('job_id', v_forged, 'payload', v_row.payload || jsonb_build_object('fire_at', c_hour + interval '1 second'))) as j) x;
  insert into dot.job_schedule_fire (schedule_code, fire_at, job_id, fired_at) values ('s', c_hour + interval '1 second', v_forged, clock_timestamp());
  assert test.found('fire_edited')::text like format('%%job %s: its schedule was not to fire for %%', v_forged), 'case 1: ' || coalesce(test.found('fire_edited')::text, 'nothing');
  update dot.job_schedule_fire set fire_at = c_hour - interval '3 days' where job_id = v_forged;
  assert test.found('fire_edited')::text like format('%%job %s: it says that it is of %%, and was fired for %%', v_forged), 'case 2: ' || coalesce(test.found('fire_edited')::text, 'nothing');
  update dot.job_queue set payload = payload || jsonb_build_object('fire_at', c_hour - interval '3 days') where job_id = v_forged;
  assert test.found('fire_edited')::text like format('%%job %s: its schedule was not to fire for %%', v_forged), 'case 3: ' || coalesce(test.found('fire_edited')::text, 'nothing');
  update dot.job_schedule_fire set fired_at = c_hour - interval '3 days' where job_id = v_forged;
  assert test.found('fire_edited')::text like format('%%job %s: its schedule was not to fire for %%', v_forged), 'case 4: ' || coalesce(test.found('fire_edited')::text, 'nothing');
  -- One whose next time was set back, so that the platform itself fires what was not due.
  delete from dot.job_schedule_fire where job_id = v_forged;
  delete from dot.job_queue where job_id = v_forged;
  update dot.job_schedule set next_at = c_hour - interval '2 days', catch_up = 'all';
  update dot.job_schedule set catch_up = 'last';
  perform dot.fn_job_schedule_tick();
  perform test.equal(test.found('fire_edited'), null::text[], 'the times that are passed over are no jobs');
  update dot.job_schedule set next_at = clock_timestamp() - interval '1 second';
  perform dot.fn_job_schedule_tick();
  assert test.found('fire_edited')::text like '%: its schedule was not to fire for %', 'case 5: ' || coalesce(test.found('fire_edited')::text, 'nothing');
  delete from dot.job_queue where job_id <> v_job;
  -- What it asked for.
  update dot.job_queue set payload = payload || '{"command": "job cancel"}' where job_id = v_job;
  perform test.equal(test.found('fire_edited'), array[format('job %s: it is not what schedule s asked for', v_job)]);
  update dot.job_queue set payload = v_row.payload where job_id = v_job;
  perform test.equal(test.found('fire_edited'), null::text[], 'as it was');
  -- Of a schedule that there never was, or that is none any more.
  update dot.job_schedule_fire set schedule_code = 'none' where job_id = v_job;
  perform test.equal(test.found('fire_edited'), array[format('job %s: schedule none did not fire then', v_job)]);
  update dot.job_schedule_fire set schedule_code = 's' where job_id = v_job;
  perform test.by(v_ann, $q$select dot.fn_schedule_drop('s')::text$q$);
  perform test.equal(test.found('fire_edited'), null::text[], 'it had fired before');
  update dot.job_schedule_fire set fired_at = clock_timestamp() where job_id = v_job;
  perform test.equal(test.found('fire_edited'), array[format('job %s: schedule s did not fire then', v_job)]);
  insert into dot.job_schedule_fire (schedule_code, fire_at, fired_at) values ('s', clock_timestamp() + interval '1 hour', clock_timestamp());
  assert test.found('fire_edited')::text like '%schedule s: it is said to have fired for %, which has not come%', test.found('fire_edited')::text;
  delete from dot.job_schedule_fire where fire_at > clock_timestamp();
  -- What no run did is evidence of nothing.
  insert into dot.dot_row_history (relation, row_key, image, changed_at) select relation, row_key, image, clock_timestamp() - interval '1 second' from dot.dot_row_history where relation = 'job_schedule' and image ->> 'status' = 'active' order by change_id limit 1;
  perform test.equal(test.found('fire_edited'), array[format('job %s: schedule s did not fire then', v_job)]);
end
$$;
