create or replace function dot.fn_iu_check(p_cuts uuid[] default null) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp set enable_seqscan = off set jit = off
as $$
declare
  v_cuts     uuid[] := coalesce(p_cuts, array(select c.cut_request_id from dot.cut_request c));
  v_problems jsonb;
  v_all      jsonb;
  v_wired    boolean := dot.fn_iu_wired();
begin
  select jsonb_agg(p.item order by p.item ->> 'cut') into v_problems
    from (
      select jsonb_build_object('cut', g.id, 'problem', 'there is no such cut request') as item
        from unnest(v_cuts) g(id) where not exists (select 1 from dot.cut_request c where c.cut_request_id = g.id)
      union all
      select jsonb_build_object('cut', f.cut_id, 'document', f.document_name, 'problem', f.problem)
        from dot.fn_cut_proof(array(
          select cut_request_id from dot.cut_request where cut_request_id = any (v_cuts) and state in ('cut', 'verified', 'completed', 'failed'))) f
       where f.problem is not null
      union all
      select jsonb_build_object('cut', c.cut_request_id, 'problem', format('its state is %s, its last move went to %s', c.state, t.to_state))
        from dot.cut_request c
        left join lateral (
          select m.to_state from dot.cut_request_transition m
           where m.cut_request_id = c.cut_request_id order by m.transition_id desc limit 1) t on true
       where c.cut_request_id = any (v_cuts) and t.to_state is distinct from c.state
      union all
      select jsonb_build_object('cut', c.cut_request_id, 'problem', format('%s of its pieces have no envelope', count(*)))
        from dot.cut_request c
       cross join lateral (select p.version_id from dot.iu_tree_path p where p.document_version_id = c.document_version_id and p.active offset 0) t
        left join lateral (select a.version_id from dot.iu_three_axis_envelope a where a.version_id = t.version_id offset 0) e on true
       where c.cut_request_id = any (v_cuts) and c.state = 'completed' and e.version_id is null and v_wired
       group by c.cut_request_id) p;
  if p_cuts is null then
    -- What no cut holds any more, or never did: former versions, and what proposals made of pieces.
    select jsonb_build_object('versions', count(*)),
           coalesce(v_problems, '[]') || coalesce(jsonb_agg(jsonb_build_object('version', v.version_id, 'problem', 'a version is not what its digest says') order by v.version_id)
             filter (where encode(sha256(convert_to(v.body, 'UTF8')), 'hex') is distinct from v.digest), '[]')
      into v_all, v_problems
      from dot.iu_version v;
    select v_all || jsonb_build_object('proposals', count(*)),
           v_problems || coalesce(jsonb_agg(jsonb_build_object('proposal', p.proposal_id, 'problem', 'the pieces before and after it are not the same bytes, or their lineage has gaps') order by p.proposal_id)
             filter (where (c.checked ->> 'ok')::boolean is not true), '[]')
      into v_all, v_problems
      from dot.proposal p cross join lateral (select dot.fn_iu_check_piece(p.proposal_id) as checked offset 0) c
     where p.proposal_state = 'merged' and p.proposal_kind in ('iu_split', 'iu_merge', 'iu_revert');
    v_problems := nullif(v_problems, '[]');
  end if;
  return jsonb_build_object('ok', v_problems is null, 'cuts', cardinality(v_cuts), 'wired', v_wired) || coalesce(v_all, '{}')
    || jsonb_build_object('problems', coalesce(v_problems, '[]'));
end
$$;
comment on function dot.fn_iu_check(uuid[]) is
  'Checks cut requests: each exists, its pieces are the exact bytes of its document, its state is where its last move went, and its pieces have envelopes while the axes are wired. Null checks everything: all cuts, the digest of every version, and every split, merge and revert. Returns {ok, cuts, wired, problems: [{cut, problem}]}; of everything also versions and proposals, how many were checked, and problems by these.';
