create or replace function dot.fn_iu_bundle_create_apply(p_payload jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_made jsonb := dot.fn_iu_bundle_apply(p_payload);
begin
  -- Someone has made it meanwhile, and there was no row yet to lock.
  if v_made -> 'revision' <> '1' then
    raise exception using errcode = 'DT409', message = format('bundle %s already exists', p_payload ->> 'bundle'),
      hint = 'Propose its change: dot proposal submit --kind iu_bundle_edit';
  end if;
  return v_made;
end
$$;
comment on function dot.fn_iu_bundle_create_apply(jsonb) is 'Makes the bundle of an approved proposal, as fn_iu_bundle_apply. DT409 when there is one of its name by now.';
