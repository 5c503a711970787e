create or replace function dot.fn_job_numbers(p_jobs text[]) returns bigint[]
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_bad text := (select j from unnest(p_jobs) j where j !~ '^[0-9]{1,18}$' or j is null limit 1);
begin
  if v_bad is not null then
    raise exception using errcode = 'DT400', message = format('invalid job "%s": a job is named by its number', v_bad), hint = 'dot job list';
  end if;
  return p_jobs::bigint[];
end
$$;
comment on function dot.fn_job_numbers(text[]) is 'Jobs as people name them, as numbers. DT400 names one that is none.';
