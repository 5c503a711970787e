create or replace function dot.fn_iu_usage(p_unit uuid)
returns table (signal text, count bigint, source text)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_name  text;
  v_words tsvector;
begin
  select d.name into v_name from dot.information_unit u join dot.iu_document d using (document_id) where u.unit_id = p_unit;
  if not found then
    raise exception using errcode = 'DT404', message = format('there is no unit %s', p_unit), hint = 'dot iu list, dot iu search WORDS';
  end if;
  select dot.fn_iu_words(v.title, v.body) into v_words from dot.iu_version v where v.unit_id = p_unit order by v.version_no desc limit 1;
  return query
  select 'referenced_by_' || k.kind, (select count(*) from dot.iu_sql_link l where l.unit_id = p_unit and l.link_kind = k.kind), 'iu_sql_link'
    from unnest(array['step', 'task', 'form', 'output']) with ordinality as k(kind, no)
  union all
  select 'rendered', (
    select count(*) from dot.dot_command_run r
     where r.command_code = any ((select dot.fn_command_with('render_units'))::text[]) and r.state = 'succeeded'
       and (r.args ->> 'target' = v_name or r.args ->> 'target' in (
         select c.collection_code from dot.iu_piece_collection c join dot.iu_piece_membership m using (collection_id) where m.unit_id = p_unit))),
    'dot_command_run'
  union all
  select 'cited_in_decision', (
    select count(*) from dot.proposal p join dot.review_decision d using (proposal_id)
     where p.affected_artifact_refs @> jsonb_build_array(jsonb_build_object('unit', p_unit))),
    'review_decision'
  union all
  -- No workflow runs exist yet that could pin a unit.
  select 'pinned_by_run', 0, 'absent'
  union all
  select 'searched', (
    select count(*) from dot.dot_command_run r
     where r.command_code = any ((select dot.fn_command_with('search_units'))::text[]) and r.state = 'succeeded' and v_words @@ websearch_to_tsquery('simple', r.args ->> 'query')),
    'dot_command_run';
end
$$;
comment on function dot.fn_iu_usage(uuid) is
  'How a unit is used: eight signals, each counted from where it leaves its trace (source), none typed in. A source that does not exist yet counts as zero and is called absent. DT404 when there is no such unit.';
