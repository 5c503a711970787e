create or replace function dot.fn_phase0_trial(p_gate text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_name  text := 'phase0/scratch-' || dot.fn_uuid_v7() || '.md';
  v_axes  bigint;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch(v_name, array[e'# One\n', e'# Two\n']));
  select count(*) into v_axes from dot.iu_three_axis_envelope e join dot.iu_document d using (document_id) where d.name = v_name;
  return jsonb_build_object('works', v_axes = 2, 'answer', jsonb_build_object('gate', p_gate, 'pieces', 2, 'axes', v_axes));
end
$$;
comment on function dot.fn_phase0_trial(text) is
  'Cuts a scratch document, and sees whether its pieces have their axes: {works, answer}. It leaves everything it made behind: only fn_phase_verified calls it, and rolls it back.';
