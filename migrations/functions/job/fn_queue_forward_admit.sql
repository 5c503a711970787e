create or replace function dot.fn_queue_forward_admit(p_queue text) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- Of many alike, one.
  select a.refusal
    from (select distinct k.job_kind, case when k.target ? 'command' then j.payload else jsonb_build_object('command', j.payload -> 'command', 'args', j.payload -> 'args') end as payload
            from dot.job_queue j join dot.job_kind_registry k using (kind_id) join dot.queue_registry q using (queue_id)
           where q.queue_code = p_queue and j.state in ('r', 'd') and dot.fn_job_is_command(k.job_kind)) w
   cross join lateral dot.fn_job_forward_admit(w.job_kind, w.payload) a(refusal)
   where a.refusal is not null limit 1
$$;
comment on function dot.fn_queue_forward_admit(text) is
  'Whether the session may set off what waits in this queue: each command in it is judged as by fn_job_forward_admit. Null admits; else the refusal of one.';
