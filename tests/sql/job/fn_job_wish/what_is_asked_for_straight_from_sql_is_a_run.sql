do $$
declare
  v_ann constant text := test.actor('ann', 'human', '{dot_operator}');
  v_job bigint := test.by(v_ann, $q$select dot.fn_job_enqueue('system.command', '{"command": "queue list"}') ->> 'job'$q$);
  v_row dot.job_queue;
begin
  select * into v_row from dot.job_queue where job_id = v_job;
  perform test.equal((select r.command_code || ' ' || r.mode || ' ' || r.actor from dot.dot_command_run r where r.run_id = v_row.run_id), 'job enqueue sql ann');
  perform test.equal((select h.image from dot.dot_row_history h where h.relation = 'job_wish' and h.row_key = 'job ' || v_job and h.run_id = v_row.run_id), dot.fn_job_wish_image('system.command', v_row.payload));
  -- What runs no command is none, and a duplicate asks for nothing.
  v_job := test.by(v_ann, $q$select dot.fn_job_enqueue('system.noop', '{"$for": {}}', p_unique_key => 'u') ->> 'job'$q$);
  perform test.by(v_ann, $q$select dot.fn_job_enqueue('system.noop', '{"$for": {}}', p_unique_key => 'u') ->> 'job'$q$);
  perform test.equal((select count(*) from dot.dot_row_history h where h.relation = 'job_wish' and h.row_key = 'job ' || v_job), 0::bigint);
end
$$;
