create or replace function dot.fn_audit_append(p_all boolean, p_limit int) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on set timezone = 'UTC' set datestyle = 'ISO, YMD'
as $$
declare
  v_from   bigint;
  v_taken  bigint;
  v_sealed bigint;
  v_own    uuid := dot.fn_run_current();
begin
  -- One sealer at a time; writers take no part in this lock.
  perform dot.fn_lock_take('audit seal');
  v_from := coalesce((select max(leaf_index) + 1 from dot.audit_leaf), 0);
  if v_from < (select max(c.size) from dot.audit_checkpoint c) then
    -- What came in the place of what was cut off would hide that it was.
    raise exception using errcode = 'DT409', message = format('the log has %s leaves, and %s were signed: its end was cut off', v_from, (select max(c.size) from dot.audit_checkpoint c)),
      hint = 'Nothing is appended. Look at it with dot audit verify, and restore it from the newest backup.';
  end if;
  if p_all or v_from = 0 then
    insert into dot.audit_pending (run_id)
    select r.run_id from dot.dot_command_run r
     where r.state <> 'started'
       and not exists (select 1 from dot.audit_pending p where p.run_id = r.run_id)
       and (not exists (select 1 from dot.audit_leaf l where l.run_id = r.run_id and l.leaf_kind = 'run/1')
         or r.pair is not null and not exists (select 1 from dot.audit_leaf l where l.run_id = r.run_id and l.leaf_kind = 'verdict/1'));
  end if;
  with taken as (
    delete from dot.audit_pending where ctid = any (array(
      -- The run that seals is not over yet.
      select p.ctid from dot.audit_pending p where p.run_id is distinct from v_own limit p_limit))
    returning run_id
  ),
  run as (
    select r.run_id, r.finished_at, r.pair is not null as has_verdict
      from dot.dot_command_run r where r.run_id in (select run_id from taken) and r.state <> 'started'
  ),
  -- A verdict that comes after its run was sealed is a leaf of its own, as is one that is there already.
  fresh as (
    select k.leaf_kind, run.run_id, v_from - 1 + row_number() over (order by run.finished_at, run.run_id, k.leaf_kind) as leaf_index
      from run
      cross join lateral (select 'run/1' as leaf_kind union all select 'verdict/1' where run.has_verdict) k
     where not exists (select 1 from dot.audit_leaf l where l.run_id = run.run_id and l.leaf_kind = k.leaf_kind)
  ),
  sealed as (
    insert into dot.audit_leaf (leaf_index, leaf_kind, run_id, canonical, leaf_hash)
    select f.leaf_index, f.leaf_kind, f.run_id, c.canonical,
           sha256('\x00'::bytea || convert_to(f.leaf_index || ' ' || f.leaf_kind || E'\n' || c.canonical, 'UTF8'))
      from fresh f
      join dot.v_audit_row v using (run_id)
      cross join lateral (select case f.leaf_kind when 'run/1' then v.run_canonical else v.verdict_canonical end as canonical) c
     order by f.leaf_index
    returning 1
  )
  select (select count(*) from taken), (select count(*) from sealed) into v_taken, v_sealed;
  return jsonb_build_object('from', v_from, 'size', v_from + v_sealed, 'sealed', v_sealed, 'more', v_taken >= p_limit);
end
$$;
comment on function dot.fn_audit_append(boolean, int) is
  'Appends what waits in audit_pending to the log, up to p_limit runs: a leaf for each finished run, and one for each verdict. Only what is committed is seen, and what commits later waits on; so nothing is skipped, and no writer is waited for. The first pass, and p_all, look through the whole audit. DT409 where the log is shorter than what was signed of it. Waits for another sealer. Returns {from, size, sealed, more}.';
