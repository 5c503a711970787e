create or replace function dot.fn_queue_forward_admit(p_queue text) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select a.refusal
    from dot.fn_queue_waiting(p_queue) w
   cross join lateral dot.fn_job_forward_admit(w.job_kind, w.payload) a(refusal)
   where a.refusal is not null limit 1
$$;
comment on function dot.fn_queue_forward_admit(text) is
  'Whether the session may set off what waits in this queue: each command that comes of it (fn_queue_waiting) is judged as by fn_job_forward_admit. Null admits; else the refusal of one.';
