create or replace function dot.fn_iu_bundle_preview(p_payload jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  with had as (
    select u.unit, u.no from jsonb_array_elements_text(dot.fn_iu_bundle_now(p_payload ->> 'bundle') -> 'units') with ordinality u(unit, no)
  ),
  gets as (
    select u.unit, u.no from jsonb_array_elements_text(p_payload -> 'units') with ordinality u(unit, no)
  )
  select jsonb_agg(jsonb_build_object('change', case when h.unit is null then 'added' when g.unit is null then 'removed' when h.no <> g.no then 'moved' else 'stays' end,
           'from', h.no, 'to', g.no, 'unit', coalesce(g.unit, h.unit), 'title', p.title) order by g.no nulls last, h.no)
    from gets g full join had h using (unit)
    left join lateral dot.fn_iu_place(array[coalesce(g.unit, h.unit)::uuid]) p on true
$$;
comment on function dot.fn_iu_bundle_preview(jsonb) is 'What a proposed bundle would become, unit by unit: [{change: added, removed, moved or stays, from, to, unit, title}].';
