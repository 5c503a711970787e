create or replace function dot.fn_iu_index_small(p_cuts uuid[]) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp set enable_seqscan = off set jit = off
as $$
begin
  if (select sum(v.bytes) from dot.cut_request c
       cross join lateral (select w.* from dot.iu_document_version w where w.document_version_id = c.document_version_id offset 0) v
       where c.cut_request_id = any (p_cuts)) > dot.fn_config_int('iu.search.inline_bytes')
  then
    return;
  end if;
  insert into dot.iu_search_index (version_id, words)
  select v.version_id, dot.fn_iu_words(v.title, v.body)
    from dot.cut_request c
   cross join lateral (select t.version_id from dot.iu_tree_path t where t.document_version_id = c.document_version_id offset 0) t
   cross join lateral (
     select w.* from dot.iu_version w where w.version_id = t.version_id and w.document_version_id = c.document_version_id offset 0) v
   where c.cut_request_id = any (p_cuts)
  on conflict (version_id) do nothing;
end
$$;
comment on function dot.fn_iu_index_small(uuid[]) is
  'Indexes the new versions of small cuts for search at once (up to setting iu.search.inline_bytes together). Larger ones wait for dot iu index, because making words costs more than the cut itself.';
