create or replace function dot.fn_phase_declared(p_phase text) returns void
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_edit text;
begin
  if not exists (select 1 from dot.phase_registry where phase_code = p_phase and status = 'active') then
    raise exception using errcode = 'DT404', message = format('there is no phase %s', p_phase), hint = 'See: dot registry show phases';
  end if;
  select e.detail into v_edit from dot.fn_registry_edits('phases') e where e.entry_key = p_phase limit 1;
  if found then
    raise exception using errcode = 'DT409', message = format('the declaration of Phase %s was changed past the catalogue: %s', p_phase, v_edit),
      hint = 'None of its queries is run. See who did it: dot audit verify. Put it back: dot catalog sync';
  end if;
end
$$;
comment on function dot.fn_phase_declared(text) is
  'Asked before anything of a declaration is run: DT404 for a phase that is none, DT409 where its row is not what the catalogue made it.';
