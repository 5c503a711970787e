create or replace function dot.fn_audit_finds_key_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with approved as materialized (
    select k.*, dot.fn_command_run_proposal(k.added_run) as proposal_id from dot.dot_actor_key k
  ),
  key as materialized (
    select a.*, min(a.added_at) filter (where a.proposal_id is not null) over () as approvals_since from approved a
  )
  select 'key_edited', k.fingerprint, k.added_run, 'no run that succeeded registered this key for ' || k.actor_id
    from key k
   where not exists (
     select 1 from dot.dot_command_run r
      where r.run_id = k.added_run and r.state = 'succeeded' and r.command_code = any ((select dot.fn_command_with('add_key'))::text[]) and r.actor = k.added_by
        and r.args ->> 'actor' = k.actor_id and strpos(r.args ->> 'key', split_part(k.public_key, ' ', 2)) > 0
        -- A key that is registered straight from SQL has a run without an outcome.
        and (r.outcome is null and r.mode = 'sql' or r.outcome ->> 'key' = k.fingerprint and r.outcome ->> 'public_key' = k.public_key and (r.outcome ->> 'added_at')::timestamptz = k.added_at))
      or k.fingerprint <> dot.fn_ssh_fingerprint(decode(split_part(k.public_key, ' ', 2), 'base64'))
  union all
  select 'key_edited', k.fingerprint, k.added_run, 'it came without an approval, when others already needed one'
    from key k where k.proposal_id is null and k.added_at > k.approvals_since
  union all
  select 'key_edited', k.fingerprint, k.revoked_run, 'no run that succeeded revoked this key'
    from key k
   where k.revoked_at is not null and not exists (
     select 1 from dot.dot_command_run r
      where r.run_id = k.revoked_run and r.state = 'succeeded' and r.command_code = any ((select dot.fn_command_with('revoke_key'))::text[]) and r.args ->> 'key' = k.fingerprint)
  union all
  select 'key_edited', r.args ->> 'key', r.run_id, 'the run revoked this key, and it is not revoked'
    from dot.fn_command_runs_with('revoke_key') r
   where r.mode in ('run', 'plan_apply', 'sql')
     -- What was called straight from SQL may have been refused: what it changed is recorded.
     and (r.mode <> 'sql' or exists (select 1 from dot.dot_row_history h where h.run_id = r.run_id and h.relation = 'dot_actor_key'))
     and not exists (select 1 from dot.dot_actor_key k where k.fingerprint = r.args ->> 'key' and coalesce((r.outcome ->> 'revoked_at')::timestamptz, k.revoked_at) = k.revoked_at)
  union all
  select 'key_edited', r.outcome ->> 'key', r.run_id, 'the run registered this key, and it is gone'
    from dot.fn_command_runs_with('add_key') r
   where r.mode in ('run', 'plan_apply')
     and r.outcome ->> 'key' is not null and not exists (select 1 from dot.dot_actor_key k where k.fingerprint = r.outcome ->> 'key')
$$;
comment on function dot.fn_audit_finds_key_edited() is
  'For fn_audit_objects: key_edited, keys for signing that were inserted, changed, revoked, un-revoked or deleted past their commands, or registered without an approval once others needed one.';
