create or replace function dot.fn_proposal_diff(p_proposal uuid, p_from int default null, p_to int default null)
returns table (part text, path text, before jsonb, after jsonb)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_proposal dot.proposal;
  v_old      jsonb;
  v_new      jsonb;
begin
  select * into v_proposal from dot.proposal where proposal_id = p_proposal;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no proposal %s', p_proposal), hint = 'See: dot proposal list';
  end if;
  if p_from is null and p_to is null then
    v_old := jsonb_build_object('payload', dot.fn_proposal_visible(v_proposal.proposed_action_jsonb), 'base', v_proposal.base_jsonb);
    v_new := jsonb_build_object('payload', dot.fn_proposal_visible(v_proposal.proposed_action_jsonb),
      'base', case when v_proposal.proposal_state = 'merged' then v_proposal.base_jsonb
                   else dot.fn_proposal_base(v_proposal.proposal_kind, v_proposal.proposed_action_jsonb) end);
  else
    p_to := coalesce(p_to, v_proposal.revision);
    select jsonb_build_object('payload', dot.fn_proposal_visible(r.payload), 'base', r.base) into v_old
      from dot.proposal_revision r where r.proposal_id = p_proposal and r.revision = coalesce(p_from, p_to - 1);
    select jsonb_build_object('payload', dot.fn_proposal_visible(r.payload), 'base', r.base) into v_new
      from dot.proposal_revision r where r.proposal_id = p_proposal and r.revision = p_to;
    if v_old is null or v_new is null then
      raise exception using errcode = 'DT404', message = format('the proposal has revisions 1 to %s', v_proposal.revision), hint = 'dot proposal diff ID --from 1 --to 2';
    end if;
  end if;
  return query
  select x.part, x.path, x.before, x.after
    from (select s.part, coalesce(o.path, n.path) as path, o.leaf as before, n.leaf as after
            from unnest(array['payload', 'base']) s(part)
            cross join lateral (
              select o.path as old_path, n.path as new_path, o.leaf as old_leaf, n.leaf as new_leaf
                from dot.fn_json_leaves(v_old -> s.part) o full join dot.fn_json_leaves(v_new -> s.part) n on n.path = o.path) b
            cross join lateral (select b.old_path, b.old_leaf) o(path, leaf)
            cross join lateral (select b.new_path, b.new_leaf) n(path, leaf)) x
   where x.before is distinct from x.after
   order by x.part desc, x.path;
end
$$;
comment on function dot.fn_proposal_diff(uuid, int, int) is
  'What differs, value by value: between two revisions (p_to is the present one by default, p_from the one before p_to), or, with neither, between what the present revision was made on and the state as it is now. DT404 when there is no such proposal or revision.';
