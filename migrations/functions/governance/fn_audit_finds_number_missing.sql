create or replace function dot.fn_audit_finds_number_missing()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set work_mem = '64MB' set jit = off
as $$
  with settled as materialized (
    select s.*, coalesce(lag(s.to_number) over (order by s.from_number), 0) + 1 as expected from dot.audit_number_settled s
  ),
  -- Where the numbers begin in the log, and where it ended a day later.
  first as (
    select l.leaf_index, c.started_at,
           (select min(k.size) from dot.audit_checkpoint k where k.made_at > c.finished_at + interval '1 day') as a_day_later
      from dot.dot_command_run_number n join dot.dot_command_run c using (run_id) join dot.audit_leaf l on l.run_id = n.run_id and l.leaf_kind = 'run/1'
     order by n.run_number limit 1
  ),
  last as (select coalesce(max(to_number), 0) as number from settled),
  gone as (select range_agg(r) as numbers from settled s cross join lateral unnest(s.void + s.lost) r),
  -- Runs without a number, and numbers without a run: both at once, for the whole audit is passed through.
  alone as materialized (
    select c.run_id, n.run_id as number_of, n.run_number
      from dot.dot_command_run c full join dot.dot_command_run_number n on n.run_id = c.run_id
     where c.run_id is null or n.run_id is null
  )
  select 'number_missing', 'numbers from ' || s.expected, s.run_id, format('what was settled goes on at %s', s.from_number)
    from settled s where s.from_number <> s.expected
  union all
  select * from (
    select 'number_missing', 'run ' || n, null::uuid, 'its number is settled, and it is gone'
      from last cross join lateral generate_series(1, last.number) n
     -- Counted first, which is cheap; looked for where one is missing.
     where (select count(*) from dot.dot_command_run_number r where r.run_number <= last.number)
           - (select count(*) from alone a where a.run_id is null and a.run_number <= last.number)
           + coalesce((select sum(upper(u) - lower(u)) from gone, unnest(gone.numbers) u), 0) <> last.number
       and not exists (select 1 from dot.dot_command_run_number r join dot.dot_command_run using (run_id) where r.run_number = n)
       and not coalesce((select gone.numbers @> n::bigint from gone), false)
     limit 100) m
  union all
  select 'number_missing', 'run ' || r.run_number, r.run_id, 'it has a number that nobody had when it was settled'
    from gone join dot.dot_command_run_number r on gone.numbers @> r.run_number
  union all
  select 'number_missing', 'run ' || a.run_number, a.number_of, 'its number is not settled, and it is gone'
    from last join alone a on a.run_id is null and a.run_number > last.number
  union all
  -- Runs that went on as the first number was drawn may have none; their place in the log says so, not what they say of their times.
  select 'number_missing', 'run ' || r.run_id, r.run_id, 'it has no number, and the runs around it have one'
    from first cross join alone a join dot.dot_command_run r on r.run_id = a.run_id left join dot.audit_leaf l on l.run_id = r.run_id and l.leaf_kind = 'run/1'
   where not coalesce(l.leaf_index < first.leaf_index, false)
     and not (r.started_at <= first.started_at and case when l.leaf_index is null then first.a_day_later is null
                                                        else coalesce(l.leaf_index < first.a_day_later, true) end)
  union all
  select 'number_missing', 'numbers up to ' || w.last_number, null,
         format('they are not settled since %s: of %s transactions that were committing them then one still is, or is prepared', w.taken_at, cardinality(w.holders))
    from dot.audit_number_wait w where w.taken_at < clock_timestamp() - interval '1 hour'
  union all
  select 'number_missing', 'sequence dot_command_run_number_seq', null, format('it is at %s, and %s is settled', q.last_value, last.number)
    from dot.dot_command_run_number_seq q, last where q.last_value < last.number
$$;
comment on function dot.fn_audit_finds_number_missing() is
  'For fn_audit_objects: number_missing, numbers of runs that had one when they were settled and have none now; runs without a number; and numbers that are not as they were settled. Numbers that no run had when they were settled are in fn_audit_number_lost.';
