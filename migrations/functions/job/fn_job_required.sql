create or replace function dot.fn_job_required(p_enqueued jsonb) returns void
language plpgsql immutable set search_path = dot, pg_temp
as $$
begin
  if p_enqueued ->> 'job' is null then
    raise exception using errcode = coalesce(p_enqueued ->> 'code', 'DT500'), message = coalesce(p_enqueued ->> 'message', 'no job was made'), hint = coalesce(p_enqueued ->> 'hint', '');
  end if;
end
$$;
comment on function dot.fn_job_required(jsonb) is
  'Raises the refusal that fn_job_enqueue returned, for who cannot go on without the job; nothing where there is one. DT500 where it says nothing.';
