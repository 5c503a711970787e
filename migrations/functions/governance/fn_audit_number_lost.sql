create or replace function dot.fn_audit_number_lost() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('numbers', r::text, 'settled_at', s.settled_at, 'run_id', s.run_id) order by s.from_number, r), '[]')
    from dot.audit_number_settled s cross join lateral unnest(s.lost) r
$$;
comment on function dot.fn_audit_number_lost() is
  'The numbers of runs that a crash of the server may have lost, for people to compare with what they know of crashes: [{numbers, settled_at, run_id: the seal that settled them}].';
