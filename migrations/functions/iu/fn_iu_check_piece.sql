create or replace function dot.fn_iu_check_piece(p_proposal uuid) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_result  jsonb;
  v_old     text;
  v_new     text;
  v_lineage bigint;
  v_before  int;
  v_after   int;
begin
  select p.outcome_jsonb into v_result from dot.proposal p
   where p.proposal_id = p_proposal and p.proposal_state = 'merged' and p.proposal_kind in ('iu_split', 'iu_merge', 'iu_revert');
  if not found then
    return jsonb_build_object('ok', false, 'proposal', p_proposal, 'problem', 'it is no split, merge or revert that was carried out');
  end if;
  v_before := jsonb_array_length(v_result -> 'before');
  v_after := jsonb_array_length(v_result -> 'after');
  select string_agg(v.body, '' order by b.no) into v_old
    from jsonb_array_elements(v_result -> 'before') with ordinality as b(i, no) join dot.iu_version v on v.version_id = (b.i ->> 'version')::uuid;
  select string_agg(v.body, '' order by a.no) into v_new
    from jsonb_array_elements(v_result -> 'after') with ordinality as a(i, no) join dot.iu_version v on v.version_id = (a.i ->> 'version')::uuid;
  select count(*) into v_lineage from dot.iu_relation r where r.proposal_id = p_proposal;
  return jsonb_build_object('ok', coalesce(v_old = v_new, false) and v_lineage = v_before * v_after, 'proposal', p_proposal,
    'same_bytes', coalesce(v_old = v_new, false), 'lineage', v_lineage, 'before', v_before, 'after', v_after);
end
$$;
comment on function dot.fn_iu_check_piece(uuid) is
  'Checks a split, merge or revert that was carried out by a proposal: the bytes before and after are the same, and the lineage is complete. Returns {ok, proposal, same_bytes, lineage, before, after}.';
