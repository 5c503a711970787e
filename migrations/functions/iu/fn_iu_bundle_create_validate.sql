create or replace function dot.fn_iu_bundle_create_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_bundle text := p_payload ->> 'bundle';
begin
  perform dot.fn_iu_collection_name(v_bundle);
  if dot.fn_iu_bundle_now(v_bundle) is not null then
    return dot.fn_command_refusal('DT409', 'bundle_exists', format('bundle %s already exists', v_bundle), 'Propose its change: dot proposal submit --kind iu_bundle_edit',
      jsonb_build_object('bundle', v_bundle));
  end if;
  return dot.fn_iu_bundle_validate(p_payload);
end
$$;
comment on function dot.fn_iu_bundle_create_validate(jsonb) is
  'Whether a bundle {bundle, title, units} may be made: fn_iu_bundle_validate, and a refusal (DT409) where there is one of that name. DT400 for what is no name.';
