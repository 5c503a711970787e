create or replace function dot.fn_kg_edge_preview(p_payload jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('from', dot.fn_iu_title((p_payload ->> 'from_unit')::uuid), 'relation', p_payload -> 'relation',
    'to', dot.fn_iu_title((p_payload ->> 'to_unit')::uuid), 'present', dot.fn_kg_edge_now(p_payload) is not null)
$$;
comment on function dot.fn_kg_edge_preview(jsonb) is 'An edge in words: {from: title, relation, to: title, present: whether it is there now}.';
