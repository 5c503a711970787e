create or replace function dot.fn_job_batch_tick(p_limit int default 100) returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_began constant timestamptz := clock_timestamp();
  v_batch dot.job_batch;
  v_count int := 0;
  v_job   jsonb;
begin
  for v_batch in
    select * from dot.job_batch b
     where b.completed_at is null and b.is_sealed
       and not exists (select 1 from dot.job_queue j where j.batch_id is not null and j.batch_id = b.batch_id)
       and not exists (select 1 from dot.job_duty d where d.duty = 'batches' and d.item = b.batch_id::text and d.failed_at > clock_timestamp() - interval '1 minute')
     order by b.created_at limit p_limit for update skip locked
  loop
    exit when clock_timestamp() > v_began + interval '200 ms';
    begin
      perform dot.fn_context_put('job_for', 'kept');
      v_job := case when v_batch.on_complete is not null then
        dot.fn_job_enqueue(v_batch.on_complete ->> 'kind', coalesce(v_batch.on_complete -> 'payload', '{}') || jsonb_build_object('batch', v_batch.batch_id)) end;
      perform set_config('dot.job_for', '', true);
      if v_batch.on_complete is not null then
        perform dot.fn_job_required(v_job);
      end if;
      update dot.job_batch set completed_at = clock_timestamp(), complete_job_id = (v_job ->> 'job')::bigint where batch_id = v_batch.batch_id;
      v_count := v_count + 1;
      perform dot.fn_job_duty_note('batches', v_batch.batch_id::text);
    exception when others or assert_failure then
      perform dot.fn_job_duty_note('batches', v_batch.batch_id::text, sqlstate, sqlerrm);
    end;
  end loop;
  return v_count;
end
$$;
comment on function dot.fn_job_batch_tick(int) is
  'Completes sealed batches of which no job lives any more, and enqueues the job of on_complete, once. The end of a job touches no counter that others touch too. One that fails does so alone, and is tried again a minute later (job_duty). Returns how many batches.';
