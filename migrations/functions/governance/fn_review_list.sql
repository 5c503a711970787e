create or replace function dot.fn_review_list(p_state text default null, p_after text default null, p_limit int default 100)
returns table (decision uuid, kind text, verdict text, state text, reviewer text, decided_at timestamptz, rationale text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select l.* from (
    select d.review_decision_id as decision, d.review_kind, d.verdict,
           case when u.review_decision_id is not null then 'spent'
                when exists (select 1 from dot.review_decision n where n.operation_digest = d.operation_digest and n.decision_no > d.decision_no) then 'replaced'
                when d.verdict = 'approved' then 'open' else 'closed' end as state,
           d.reviewer_id, d.decided_at, d.decision_rationale
      from dot.review_decision d left join dot.review_decision_use u using (review_decision_id)
     where p_after is null or d.review_decision_id > p_after::uuid) l
   where p_state is null or l.state = p_state
   order by l.decision
   limit p_limit
$$;
comment on function dot.fn_review_list(text, text, int) is
  'The review decisions, oldest first. state: open (approved, not carried out yet), spent, replaced by a later decision on the same operation, closed (not approved).';
