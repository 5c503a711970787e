create or replace function dot.fn_iu_index(p_max int default 100000) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('iu index', jsonb_build_object('max', p_max));
  v_indexed int;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  insert into dot.iu_search_index (version_id, words)
  select v.version_id, dot.fn_iu_words(v.title, v.body)
    from dot.iu_document d
    join dot.iu_tree_path t on t.document_version_id = d.current_version_id and t.active
    join dot.iu_version v on v.version_id = t.version_id
   where not exists (select 1 from dot.iu_search_index i where i.version_id = t.version_id)
   limit p_max
  on conflict (version_id) do nothing;
  get diagnostics v_indexed = row_count;
  return jsonb_build_object('indexed', v_indexed, 'left', dot.fn_iu_unindexed());
end
$$;
comment on function dot.fn_iu_index(int) is
  'Indexes for search the current unit versions that are not indexed yet, at most p_max of them. Returns {indexed, left}. Searches are complete without it, and slower.';
