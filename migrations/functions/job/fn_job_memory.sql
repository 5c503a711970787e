create or replace function dot.fn_job_memory() returns text[]
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select coalesce(array_agg(v.name || '=' || current_setting(v.name, true)), '{}')
    from dot.job_lane l
   cross join lateral (values (format('dot.floor_%s_%s', l.queue_id, l.class_id)), (format('dot.key_%s_%s', l.queue_id, l.class_id))) v(name)
   -- Not what no line ever had: it would fail whoever reads it, or begin behind the newest job.
   where case when coalesce(current_setting(v.name, true), '') = '' then false when v.name like 'dot.key%' then true
           when current_setting(v.name, true) !~ '^\{(\d{1,18},){21}\d{1,18}\}$' then false
           else (select max(f) from unnest((current_setting(v.name, true)::bigint[])[3:12]) f) <= (select q.last_value from dot.job_seq q) end
$$;
comment on function dot.fn_job_memory() is
  'What this session remembers of its lines (fn_job_floors, fn_job_pick_keyed), each as name=value of a setting: the only settings that a worker keeps when it clears away what a job has left behind.';
