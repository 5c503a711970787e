create or replace function dot.fn_iu_lineage(p_unit uuid)
returns table (direction text, distance int, unit uuid, relation text, state text, title text, proposal uuid, created_at timestamptz)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if not exists (select 1 from dot.information_unit where unit_id = p_unit) then
    raise exception using errcode = 'DT404', message = format('there is no unit %s', p_unit), hint = 'dot iu list, dot iu search WORDS';
  end if;
  return query
  with recursive line as (
    select 'ancestor'::text as direction, 1 as distance, r.from_unit_id as unit_id, r.relation_id, array[r.relation_id] as seen
      from dot.iu_relation r where r.to_unit_id = p_unit
    union all
    select 'descendant', 1, r.to_unit_id, r.relation_id, array[r.relation_id] from dot.iu_relation r where r.from_unit_id = p_unit
    union all
    -- A revert leads back to where a line came from, so no relation is walked twice.
    select l.direction, l.distance + 1, case l.direction when 'ancestor' then r.from_unit_id else r.to_unit_id end, r.relation_id, l.seen || r.relation_id
      from line l join dot.iu_relation r
        on case l.direction when 'ancestor' then r.to_unit_id else r.from_unit_id end = l.unit_id and r.relation_id <> all (l.seen)
  )
  select distinct on (l.direction, l.distance, l.relation_id) l.direction, l.distance, l.unit_id, r.relation_kind, u.lifecycle_state,
         dot.fn_iu_title(l.unit_id), r.proposal_id, r.created_at
    from line l join dot.iu_relation r using (relation_id) join dot.information_unit u on u.unit_id = l.unit_id
   order by l.direction, l.distance, l.relation_id;
end
$$;
comment on function dot.fn_iu_lineage(uuid) is
  'The units that a unit came from (ancestor) and that came from it (descendant), by splits, merges, reverts and replacements, nearest first. DT404 when there is none.';
