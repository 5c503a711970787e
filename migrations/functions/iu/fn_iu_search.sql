create or replace function dot.fn_iu_search(p_query text, p_document text default null, p_top int default 20)
returns table (unit uuid, document text, path text, title text, rank real, excerpt text)
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_query tsquery := websearch_to_tsquery('simple', p_query);
begin
  if numnode(v_query) = 0 then
    raise exception using errcode = 'DT400', message = 'the query has no words', hint = 'Words, "a phrase", or, and -not are understood.';
  end if;
  return query
  with hit as (
    select t.unit_id, d.name, t.path, v.title, v.body, ts_rank(i.words, v_query) as rank
      from dot.iu_search_index i
      join dot.iu_version v on v.version_id = i.version_id
      join dot.information_unit u on u.unit_id = v.unit_id
      join dot.iu_document d on d.document_id = u.document_id
      join dot.iu_tree_path t on t.document_version_id = d.current_version_id and t.unit_id = u.unit_id and t.version_id = v.version_id and t.active
     where i.words @@ v_query and (p_document is null or d.name = p_document)
    union all
    -- What is not indexed yet is read through, so that nothing is missed.
    select t.unit_id, d.name, t.path, v.title, v.body, ts_rank(w.words, v_query)
      from dot.iu_document d
      join dot.iu_tree_path t on t.document_version_id = d.current_version_id and t.active
      join dot.iu_version v on v.version_id = t.version_id
     cross join lateral (select dot.fn_iu_words(v.title, v.body) as words offset 0) w
     where not exists (select 1 from dot.iu_search_index i where i.version_id = t.version_id)
       and (p_document is null or d.name = p_document) and w.words @@ v_query
  ), best as (
    select h.* from hit h order by h.rank desc, h.name, h.path limit p_top
  )
  select b.unit_id, b.name, b.path, b.title, round(b.rank::numeric, 4)::real,
         regexp_replace(ts_headline('simple', left(b.body, 20000), v_query, 'MaxWords=18, MinWords=8, MaxFragments=1, StartSel=«, StopSel=»'), '\s+', ' ', 'g')
    from best b order by b.rank desc, b.name, b.path;
end
$$;
comment on function dot.fn_iu_search(text, text, int) is
  'Searches the current units (all documents, or p_document) for words, "a phrase", or, -not; the best p_top first, with an excerpt in which the words stand in « ». Complete whether indexed or not. DT400 for a query without words.';
