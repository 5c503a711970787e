create or replace function dot.fn_cut_retire(p_cuts uuid[]) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
  set work_mem = '64MB' set enable_nestloop = off set enable_seqscan = off set jit = off
as $$
declare
  v_now timestamptz := dot.fn_clock_now();
begin
  if not exists (
    select 1 from dot.cut_request c
     cross join lateral (select w.* from dot.iu_document_version w where w.document_version_id = c.document_version_id offset 0) v
     where c.cut_request_id = any (p_cuts) and v.base_version_id is not null)
  then
    return;
  end if;
  with gone as materialized (
    select c.cut_request_id, o.unit_id
      from dot.cut_request c
     cross join lateral (select w.* from dot.iu_document_version w where w.document_version_id = c.document_version_id offset 0) v
     cross join lateral (
       select t.unit_id from dot.iu_tree_path t where t.document_version_id = v.base_version_id and t.active offset 0) o
      left join lateral (
       select t.unit_id from dot.iu_tree_path t where t.document_version_id = v.document_version_id and t.unit_id = o.unit_id offset 0) n on true
     where c.cut_request_id = any (p_cuts) and n.unit_id is null
  ), retired as (
    update dot.information_unit u set lifecycle_state = 'retired' from gone g
     where u.unit_id = g.unit_id and u.unit_id = any (array(select unit_id from gone))
  ), counted as (
    update dot.cut_request c set report = c.report || jsonb_build_object('removed', coalesce(g.removed, 0))
      from dot.cut_request k
      left join (select cut_request_id, count(*) as removed from gone group by cut_request_id) g using (cut_request_id)
     where k.cut_request_id = any (p_cuts) and c.cut_request_id = k.cut_request_id and c.cut_request_id = any (p_cuts)
  )
  insert into dot.iu_lifecycle_log (unit_id, from_state, to_state, reason, actor, run_id, moved_at)
  select g.unit_id, 'active', 'retired', 'not in the new version of its document', (dot.fn_actor_current()).actor_id,
         dot.fn_run_current(), v_now
    from gone g;
end
$$;
comment on function dot.fn_cut_retire(uuid[]) is
  'Retires the units of the replaced document versions that the new ones no longer have, and counts them in the report as removed.';
