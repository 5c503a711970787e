create or replace function dot.fn_iu_bundle_edit_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if dot.fn_iu_bundle_now(p_payload ->> 'bundle') is null then
    raise exception using errcode = 'DT404', message = format('there is no bundle %s', p_payload ->> 'bundle'), hint = 'dot iu collections';
  end if;
  return dot.fn_iu_bundle_validate(p_payload);
end
$$;
comment on function dot.fn_iu_bundle_edit_validate(jsonb) is
  'Whether a bundle may get the units of {bundle, units, title}: fn_iu_bundle_validate. DT404 when there is no such bundle.';
