create or replace function dot.fn_job_batch_add(p_batch uuid, p_jobs int) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  perform dot.fn_batch_own(p_batch);
  update dot.job_batch set total = total + p_jobs where batch_id = p_batch and not is_sealed;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no open batch %s', p_batch), hint = 'A batch takes jobs until it is sealed: dot batch open';
  end if;
end
$$;
comment on function dot.fn_job_batch_add(uuid, int) is 'Counts p_jobs more in a batch that is not sealed; DT404 else; DT403 for an agent in somebody else''s (fn_batch_own). Its row is locked until the jobs are committed, so that it is not sealed meanwhile.';
