create or replace function dot.fn_cut_verify(p_cuts uuid[]) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp set work_mem = '64MB'
as $$
declare
  v_bad jsonb;
begin
  -- Pieces that tile the document and together have its digest are its bytes; each one's own digest, which MARK took from
  -- those bytes, is compared by fn_iu_check, the pair of all that cuts.
  select jsonb_agg(jsonb_build_object('cut', p.cut_id, 'document', p.document_name, 'problem', p.problem))
    into v_bad from dot.fn_cut_proof(p_cuts, false) p where p.problem is not null;
  if v_bad is not null then
    raise exception using errcode = 'DT500', message = 'the pieces of a cut are not the bytes of its document; nothing was changed',
      detail = v_bad::text, hint = 'Keep the document and report this: the cut pipeline has lost bytes.';
  end if;
  perform dot.fn_cut_move(p_cuts, 'verified');
end
$$;
comment on function dot.fn_cut_verify(uuid[]) is
  'VERIFY, for a set of requests that were cut: proves by digest that the pieces are the document. DT500 with the cuts that fail, DT409 for a request that is not cut.';
