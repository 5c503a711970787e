create or replace function dot.fn_iu_supersede(p_units uuid[], p_document_version uuid, p_reason text) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  update dot.iu_tree_path set active = false where document_version_id = p_document_version and unit_id = any (p_units);
  update dot.information_unit set lifecycle_state = 'superseded' where unit_id = any (p_units);
  insert into dot.iu_lifecycle_log (unit_id, from_state, to_state, reason, actor, run_id, moved_at)
  select u, 'active', 'superseded', p_reason, (dot.fn_actor_current()).actor_id, dot.fn_run_current(),
         dot.fn_clock_now()
    from unnest(p_units) u;
end
$$;
comment on function dot.fn_iu_supersede(uuid[], uuid, text) is
  'Takes active units out of the tree of a document version and marks them superseded. Their rows and versions stay, so that pins keep working.';
