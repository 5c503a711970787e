create or replace function dot.fn_schema_accept_preview(p_payload jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('differences', coalesce(jsonb_agg(jsonb_build_object('object', d.one -> 'object',
           'change', case when d.one ->> 'accounted' is null then 'added' when d.one ->> 'live' is null then 'removed' else 'changed' end,
           'from', d.one -> 'accounted', 'to', d.one -> 'live') order by d.one ->> 'object'), '[]'))
    from jsonb_array_elements(p_payload -> 'differences') d(one)
$$;
comment on function dot.fn_schema_accept_preview(jsonb) is
  'What would be accounted for from then on: {differences: [{object, change: added, removed or changed, from, to}]}.';
