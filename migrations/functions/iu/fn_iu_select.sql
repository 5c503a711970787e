create or replace function dot.fn_iu_select(p_selectors jsonb, p_document text) returns uuid[]
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_units uuid[];
begin
  if p_selectors @? '$[*].document ? (@ == "$document")' and p_document is null then
    raise exception using errcode = 'DT400', message = 'the template needs a document', hint = 'Name it: --document NAME';
  end if;
  select array_agg(f.unit_id order by f.no, f.name, f.span_start) into v_units
    from (
      -- A unit that several selectors find stands where the first one put it.
      select distinct on (t.unit_id) t.unit_id, s.no, d.name, t.span_start
        from jsonb_array_elements(p_selectors) with ordinality as s(rule, no)
        join dot.iu_document d
          on s.rule ->> 'document' is null or d.name = case s.rule ->> 'document' when '$document' then p_document else s.rule ->> 'document' end
        join dot.iu_tree_path t on t.document_version_id = d.current_version_id and t.active
       where (s.rule ->> 'path' is null or t.path = s.rule ->> 'path'
              or (coalesce((s.rule ->> 'subtree')::boolean, true) and starts_with(t.path, (s.rule ->> 'path') || '/')))
         and (s.rule ->> 'tag' is null
              or exists (select 1 from dot.iu_metadata_tag m where m.unit_id = t.unit_id and m.tag_code = s.rule ->> 'tag'))
       order by t.unit_id, s.no) f;
  return v_units;
end
$$;
comment on function dot.fn_iu_select(jsonb, text) is
  'The units that the selectors of a template find, each once, in the order of the selectors, documents and places. p_document stands in for "$document". DT400 when the template needs one and none is given.';
