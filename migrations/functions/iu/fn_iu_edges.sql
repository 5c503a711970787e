create or replace function dot.fn_iu_edges(p_unit uuid, p_relation text default null)
returns table (direction text, relation text, unit uuid, title text, state text, proposal uuid, added_at timestamptz)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if not exists (select 1 from dot.information_unit where unit_id = p_unit) then
    raise exception using errcode = 'DT404', message = format('there is no unit %s', p_unit), hint = 'dot iu list, dot iu search WORDS';
  end if;
  return query
    select e.direction, e.relation, e.other, dot.fn_iu_title(e.other), u.lifecycle_state, e.proposal_id, e.added_at
      from (select 'to' as direction, k.relation, k.to_unit_id as other, k.proposal_id, k.added_at from dot.kg_edge k where k.from_unit_id = p_unit and k.removed_at is null
            union all
            select 'from', k.relation, k.from_unit_id, k.proposal_id, k.added_at from dot.kg_edge k where k.to_unit_id = p_unit and k.removed_at is null) e
      join dot.information_unit u on u.unit_id = e.other
     where p_relation is null or e.relation = p_relation
     order by e.direction desc, e.relation, e.added_at, e.other;
end
$$;
comment on function dot.fn_iu_edges(uuid, text) is
  'The edges of a unit in the knowledge graph: to the units it points to, from those that point to it, of one relation when said. DT404 when there is no such unit.';
