create or replace function dot.fn_document_revive(p_documents uuid[], p_reason text) returns bigint
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_units uuid[];
begin
  update dot.iu_document set current_version_id = archived_version_id, archived_version_id = null, archived_at = null
   where document_id = any (p_documents) and archived_at is not null;
  -- Those whose last move was the archive's: what was retired or superseded before stays so, and has no place in the tree.
  v_units := array(
    select u.unit_id
      from dot.iu_document d
     cross join lateral (select t.unit_id from dot.iu_tree_path t where t.document_version_id = d.current_version_id and t.active offset 0) t
     cross join lateral (select i.* from dot.information_unit i where i.unit_id = t.unit_id and i.lifecycle_state = 'retired' offset 0) u
     where d.document_id = any (p_documents)
     order by u.unit_id);
  perform 1 from dot.information_unit u where u.unit_id = any (v_units) order by u.unit_id for update;
  update dot.information_unit set lifecycle_state = 'active' where unit_id = any (v_units);
  insert into dot.iu_lifecycle_log (unit_id, from_state, to_state, reason, actor, run_id, moved_at)
  select u, 'retired', 'active', p_reason, (dot.fn_actor_current()).actor_id, dot.fn_run_current(), dot.fn_clock_now() from unnest(v_units) u;
  return cardinality(v_units);
end
$$;
comment on function dot.fn_document_revive(uuid[], text) is
  'Makes those of the documents that are archived current again, and their units active: how many. The caller holds the documents'' locks.';
