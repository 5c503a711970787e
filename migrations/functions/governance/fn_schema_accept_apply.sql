create or replace function dot.fn_schema_accept_apply(p_payload jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('accepted', p_payload -> 'differences')
$$;
comment on function dot.fn_schema_accept_apply(jsonb) is
  'Accepts differences of the schema, for the proposal that fn_proposal_apply is carrying out: {accepted: [{object, accounted, live}]}. The outcome of that run is what accounts for them, sealed with it (fn_audit_schema); nothing else is written.';
