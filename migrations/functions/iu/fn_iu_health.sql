create or replace function dot.fn_iu_health()
returns table (item text, state text, count bigint, detail text)
language plpgsql stable security definer set search_path = dot, pg_temp set enable_nestloop = off
as $$
declare
  v_wired    boolean := dot.fn_iu_wired();
  v_bare     bigint;
  v_cuts     bigint;
  v_failed   bigint;
  v_open     bigint;
  v_undecided bigint;
  v_delivery bigint;
  v_orphans  bigint;
  v_unindexed bigint := dot.fn_iu_unindexed();
begin
  select count(*), count(distinct t.document_version_id) into v_bare, v_cuts
    from dot.iu_document d
    join dot.iu_tree_path t on t.document_version_id = d.current_version_id and t.active
    left join dot.iu_three_axis_envelope e using (version_id)
   where e.version_id is null;
  select count(*) filter (where c.state = 'failed'),
         count(*) filter (where c.state in ('staged', 'marked', 'approved', 'cut', 'verified') and c.updated_at < dot.fn_clock_now() - interval '1 day')
    into v_failed, v_open from dot.cut_request c;
  select count(*) into v_undecided
    from dot.iu_relation r
    left join dot.proposal p on p.proposal_id = r.proposal_id and p.proposal_state = 'merged'
    left join dot.review_decision_use u on u.review_decision_id = r.review_decision_id
   where r.relation_kind in ('split_into', 'merged_into', 'reverted_to') and p.proposal_id is null and u.review_decision_id is null;
  select count(*) into v_delivery from dot.consumer_delivery d where d.state = 'failed';
  select (select count(*) from dot.iu_version v left join dot.information_unit u using (unit_id) where u.unit_id is null)
       + (select count(*) from dot.iu_tree_path t left join dot.iu_version v using (version_id) where v.version_id is null or v.unit_id <> t.unit_id)
       + (select count(*) from dot.iu_tree_path t left join dot.iu_document_version v using (document_version_id) where v.document_version_id is null)
       + (select count(*) from dot.information_unit u left join dot.iu_document d using (document_id) where d.document_id is null)
       + (select count(*) from dot.cut_request c left join dot.iu_document_version v using (document_version_id) where v.document_version_id is null)
       + (select count(*) from dot.consumer_delivery y left join dot.event_outbox o using (event_id) where o.event_id is null)
       + (select count(*) from dot.iu_three_axis_envelope e left join dot.iu_version v using (version_id) where v.version_id is null)
    into v_orphans;
  return query values
    ('axes wired', case when v_wired then 'green' else 'yellow' end, v_wired::int::bigint,
     case when v_wired then 'completed cuts materialize their axes by themselves' else 'dot phase0 autowire' end),
    ('cuts not materialized', case when v_cuts = 0 then 'green' when v_wired then 'red' else 'yellow' end, v_cuts,
     'current document versions with pieces that have no envelope'),
    ('units without envelope', case when v_bare = 0 then 'green' when v_wired then 'red' else 'yellow' end, v_bare, 'current unit versions without their three axes'),
    ('split or merge without approval', case when v_undecided = 0 then 'green' else 'red' end, v_undecided, 'lineage that no merged proposal stands behind'),
    ('failed deliveries', case when v_delivery = 0 then 'green' else 'red' end, v_delivery, 'dot consumer list, dot consumer retry'),
    ('failed cuts', case when v_failed = 0 then 'green' else 'red' end, v_failed, 'cuts whose pieces were not the bytes of their document'),
    ('cuts waiting', case when v_open = 0 then 'green' else 'yellow' end, v_open, 'cut requests that nobody has moved for a day'),
    ('rows without parent', case when v_orphans = 0 then 'green' else 'red' end, v_orphans, 'versions, places, envelopes, cuts or deliveries that belong to nothing'),
    ('units not indexed', case when v_unindexed = 0 then 'green' else 'yellow' end, v_unindexed, 'searched slowly until dot iu index');
end
$$;
comment on function dot.fn_iu_health() is
  'The health of the information units, one row per check: state green, yellow (to be done) or red (something is wrong), and the count it comes from.';
