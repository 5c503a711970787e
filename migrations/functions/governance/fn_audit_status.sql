create or replace function dot.fn_audit_status() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with log as (
    select coalesce(max(leaf_index) + 1, 0) as leaves from dot.audit_leaf
  ),
  last as (
    select c.*, c.root = dot.fn_audit_root(c.frontier) as is_sound from dot.audit_checkpoint c order by c.checkpoint_id desc limit 1
  ),
  waiting as (
    select count(distinct r.run_id) as runs, min(r.finished_at) as oldest from dot.audit_pending p join dot.dot_command_run r using (run_id)
  ),
  unsigned as (select dot.fn_audit_unsigned() as say),
  allowed as (
    select dot.fn_clock_now() - make_interval(mins => dot.fn_config_int('audit.seal_within_minutes')::int) as since
  )
  select jsonb_build_object(
    'ok', coalesce((select last.is_sound and last.size <= log.leaves from last), true)
      and coalesce(waiting.oldest > allowed.since, true) and unsigned.say -> 'late' = 'false',
    'leaves', log.leaves, 'waiting', waiting.runs, 'oldest_waiting', waiting.oldest,
    'unsigned', unsigned.say -> 'count', 'oldest_unsigned', unsigned.say -> 'oldest',
    'origin', (select origin from last), 'key_id', (select key_id from last),
    'checkpoint', (select checkpoint_id from last), 'signed_size', (select size from last),
    'signed_root', (select encode(root, 'base64') from last), 'signed_at', (select made_at from last))
    from log, waiting, unsigned, allowed
$$;
comment on function dot.fn_audit_status() is
  'How far the audit is sealed and signed: {ok, leaves, waiting, oldest_waiting, unsigned, oldest_unsigned, origin, key_id, checkpoint, signed_size, signed_root, signed_at}. ok: the newest checkpoint is sound, and nothing has waited to be sealed, nor to be signed, for longer than setting audit.seal_within_minutes. dot audit verify looks at all of it.';
