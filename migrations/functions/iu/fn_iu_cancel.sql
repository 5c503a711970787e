create or replace function dot.fn_iu_cancel(p_cut uuid) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('iu cancel', jsonb_build_object('cut', p_cut));
begin
  if v_refused is not null then
    return v_refused;
  end if;
  v_refused := dot.fn_cut_expect(p_cut, 'staged', 'marked', 'approved', 'failed');
  if v_refused is not null then
    return dot.fn_command_answer('iu cancel', v_refused);
  end if;
  perform dot.fn_cut_move(array[p_cut], 'cancelled');
  delete from dot.iu_staging_record where cut_request_id = p_cut;
  delete from dot.iu_staged_document s using dot.cut_request c
   where c.cut_request_id = p_cut and s.document_version_id = c.document_version_id;
  return dot.fn_cut_summary(p_cut);
end
$$;
comment on function dot.fn_iu_cancel(uuid) is
  'Gives up a cut request that is not cut yet, or whose cut failed, and drops its staged text. Returns the summary of the request. A refusal (DT409) when it is cut or ended; DT404 when there is none.';
