create or replace function dot.fn_iu_check_piece(p_decision uuid) returns jsonb
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
  select u.result into v_result from dot.review_decision_use u where u.review_decision_id = p_decision;
  if not found then
    return jsonb_build_object('ok', false, 'decision', p_decision, 'problem', 'the decision was not carried out');
  end if;
  v_before := jsonb_array_length(v_result -> 'before');
  v_after := jsonb_array_length(v_result -> 'after');
  select string_agg(v.body, '' order by b.no) into v_old
    from jsonb_array_elements(v_result -> 'before') with ordinality as b(i, no) join dot.iu_version v on v.version_id = (b.i ->> 'version')::uuid;
  select string_agg(v.body, '' order by a.no) into v_new
    from jsonb_array_elements(v_result -> 'after') with ordinality as a(i, no) join dot.iu_version v on v.version_id = (a.i ->> 'version')::uuid;
  select count(*) into v_lineage from dot.iu_relation r where r.review_decision_id = p_decision;
  return jsonb_build_object('ok', coalesce(v_old = v_new, false) and v_lineage = v_before * v_after, 'decision', p_decision,
    'same_bytes', coalesce(v_old = v_new, false), 'lineage', v_lineage, 'before', v_before, 'after', v_after);
end
$$;
comment on function dot.fn_iu_check_piece(uuid) is
  'Checks a split, merge or revert that was carried out under a decision: the bytes before and after are the same, and the lineage is complete. Returns {ok, decision, same_bytes, lineage, before, after}.';
