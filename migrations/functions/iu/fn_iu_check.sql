create or replace function dot.fn_iu_check(p_cuts uuid[] default '{}') returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp set enable_seqscan = off
as $$
declare
  v_problems jsonb;
  v_wired    boolean := dot.fn_iu_wired();
begin
  select jsonb_agg(p.item order by p.item ->> 'cut') into v_problems
    from (
      select jsonb_build_object('cut', g.id, 'problem', 'there is no such cut request') as item
        from unnest(p_cuts) g(id) where not exists (select 1 from dot.cut_request c where c.cut_request_id = g.id)
      union all
      select jsonb_build_object('cut', f.cut_id, 'document', f.document_name, 'problem', f.problem)
        from dot.fn_cut_proof(array(
          select cut_request_id from dot.cut_request where cut_request_id = any (p_cuts) and state in ('cut', 'verified', 'completed', 'failed'))) f
       where f.problem is not null
      union all
      select jsonb_build_object('cut', c.cut_request_id, 'problem', format('its state is %s, its last move went to %s', c.state, t.to_state))
        from dot.cut_request c
        left join lateral (
          select m.to_state from dot.cut_request_transition m
           where m.cut_request_id = c.cut_request_id order by m.transition_id desc limit 1) t on true
       where c.cut_request_id = any (p_cuts) and t.to_state is distinct from c.state
      union all
      select jsonb_build_object('cut', c.cut_request_id, 'problem', format('%s of its pieces have no envelope', count(*)))
        from dot.cut_request c
       cross join lateral (select p.version_id from dot.iu_tree_path p where p.document_version_id = c.document_version_id and p.active offset 0) t
        left join lateral (select a.version_id from dot.iu_three_axis_envelope a where a.version_id = t.version_id offset 0) e on true
       where c.cut_request_id = any (p_cuts) and c.state = 'completed' and e.version_id is null and v_wired
       group by c.cut_request_id) p;
  return jsonb_build_object('ok', v_problems is null, 'cuts', cardinality(p_cuts), 'wired', v_wired, 'problems', coalesce(v_problems, '[]'));
end
$$;
comment on function dot.fn_iu_check(uuid[]) is
  'Checks cut requests: each exists, its pieces are the exact bytes of its document, its state is where its last move went, and its pieces have envelopes while the axes are wired. Returns {ok, cuts, wired, problems: [{cut, problem}]}.';
