create or replace function dot.fn_audit_number_lost() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object('numbers', r.numbers::text, 'because', r.because, 'settled_at', s.settled_at, 'run_id', s.run_id) order by s.from_number, r.numbers), '[]')
    from dot.audit_number_settled s
   cross join lateral (select u, 'crash' from unnest(s.lost) u union all select u, 'not committed' from unnest(s.void) u) r(numbers, because)
$$;
comment on function dot.fn_audit_number_lost() is
  'The numbers of runs that no run had when they were settled, for people to compare with what they know: [{numbers, because, settled_at, run_id: the seal that settled them}]. because: crash, where the server had crashed since the settlement before, or the database is a copy that was made in operation; not committed, where a transaction was cancelled or its connection ended as it committed, or a run was deleted before it was sealed. Of these the database cannot say which.';
