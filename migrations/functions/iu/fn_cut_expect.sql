create or replace function dot.fn_cut_expect(p_cut_request_id uuid, variadic p_states text[]) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_cut   record;
  v_other uuid;
begin
  -- The document first, then the request: the order of every function that changes either.
  perform 1 from dot.iu_document d
    join dot.iu_document_version v using (document_id)
    join dot.cut_request c using (document_version_id)
   where c.cut_request_id = p_cut_request_id for update of d, c;
  select c.state, v.base_version_id, d.document_id, d.current_version_id, d.name into v_cut
    from dot.cut_request c
    join dot.iu_document_version v using (document_version_id)
    join dot.iu_document d using (document_id)
   where c.cut_request_id = p_cut_request_id;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no cut request %s', p_cut_request_id),
      hint = 'dot iu import --stage-only FILE prints the requests it makes; dot document show NAME lists those of a document.';
  end if;
  if v_cut.state <> all (p_states) then
    return dot.fn_command_refusal('DT409', 'illegal_move',
      format('the cut request is %s, and must be %s', v_cut.state, array_to_string(p_states, ' or ')),
      'The order is mark, approve, cut, verify, cleanup.', jsonb_build_object('cut', p_cut_request_id, 'state', v_cut.state));
  end if;
  if v_cut.state in ('staged', 'marked', 'approved') and not 'failed' = any (p_states) then
    if v_cut.base_version_id is distinct from v_cut.current_version_id then
      return dot.fn_command_refusal('DT409', 'stale_base',
        format('%s has a newer version than the one this cut request was made on', v_cut.name),
        format('Give it up and import again: dot iu cancel %s', p_cut_request_id),
        jsonb_build_object('cut', p_cut_request_id, 'base', v_cut.base_version_id, 'current', v_cut.current_version_id));
    end if;
    v_other := dot.fn_cut_open(v_cut.document_id);
    if v_other is not null then
      return dot.fn_command_refusal('DT409', 'cut_open', format('another cut of %s is not finished', v_cut.name),
        format('Finish it first: dot iu verify %s, dot iu cleanup %s', v_other, v_other),
        jsonb_build_object('cut', p_cut_request_id, 'open', v_other));
    end if;
  end if;
  return null;
end
$$;
comment on function dot.fn_cut_expect(uuid, text[]) is
  'Locks a cut request and its document, and says whether a step may be done: null, or a refusal (DT409) when its state is none of p_states or, for a request not cut yet that is not to be given up (p_states with failed), when its document has moved on since it was staged or has another cut going on. DT404 when there is none.';
