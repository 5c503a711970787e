create or replace function dot.fn_job_held_admit(p_jobs bigint[]) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select a.refusal
    from (select k.job_kind, j.payload from dot.job_queue j join dot.job_kind_registry k using (kind_id) where j.job_id = any (p_jobs)
          union all
          select b.on_complete ->> 'kind', b.on_complete -> 'payload' from dot.job_queue j join dot.job_batch b using (batch_id)
           where j.job_id = any (p_jobs) and b.is_sealed and b.on_complete is not null) w(job_kind, payload)
   cross join lateral dot.fn_job_forward_admit(w.job_kind, w.payload) a(refusal)
   where a.refusal is not null limit 1
$$;
comment on function dot.fn_job_held_admit(bigint[]) is
  'Judges jobs that wait, whose rows the caller holds, as if they were asked for now: what each runs, and what the end of its batch sets off. Null, or the refusal of the first that the caller may not ask for, as fn_job_forward_admit says.';
