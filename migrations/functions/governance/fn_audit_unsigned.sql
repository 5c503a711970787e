create or replace function dot.fn_audit_unsigned() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with signed as (
    select coalesce((select size from dot.audit_checkpoint order by checkpoint_id desc limit 1), 0) as size
  ),
  -- What is appended later ended later, but for what one pass found together, which it puts in the order of their ends.
  oldest as (
    select r.finished_at from signed join dot.audit_leaf l on l.leaf_index = signed.size join dot.dot_command_run r using (run_id)
  )
  select jsonb_build_object('from', signed.size, 'count', greatest(coalesce((select max(leaf_index) + 1 from dot.audit_leaf), 0) - signed.size, 0),
    'oldest', (select finished_at from oldest),
    'late', exists (
      select 1 from oldest where finished_at < dot.fn_clock_now() - make_interval(mins => dot.fn_config_int('audit.seal_within_minutes')::int)))
    from signed
$$;
comment on function dot.fn_audit_unsigned() is
  'The leaves that no checkpoint covers: {from: the first of them, count, oldest: when its run ended, late: longer ago than setting audit.seal_within_minutes allows}.';
