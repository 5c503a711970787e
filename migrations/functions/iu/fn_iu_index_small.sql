create or replace function dot.fn_iu_index_small(p_cuts uuid[]) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if (select sum(v.bytes) from dot.cut_request c join dot.iu_document_version v using (document_version_id)
       where c.cut_request_id = any (p_cuts)) > dot.fn_config_int('iu.search.inline_bytes')
  then
    return;
  end if;
  insert into dot.iu_search_index (version_id, words)
  select v.version_id, dot.fn_iu_words(v.title, v.body)
    from dot.cut_request c join dot.iu_version v using (document_version_id)
   where c.cut_request_id = any (p_cuts)
  on conflict (version_id) do nothing;
end
$$;
comment on function dot.fn_iu_index_small(uuid[]) is
  'Indexes the new versions of small cuts for search at once (up to setting iu.search.inline_bytes together). Larger ones wait for dot iu index, because making words costs more than the cut itself.';
