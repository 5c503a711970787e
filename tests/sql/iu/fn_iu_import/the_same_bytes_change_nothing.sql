do $$
declare
  v_document jsonb := dot.fn_phase0_scratch('a.md', array[e'# One\n', e'# Two\n']);
  v_answer   jsonb;
  v_before   text;
begin
  perform dot.fn_iu_import(v_document);
  select string_agg(t::text, '|' order by t::text) into v_before from dot.iu_tree_path t;
  v_answer := dot.fn_iu_import(v_document);
  assert v_answer #>> '{documents,0,verdict}' = 'unchanged' and v_answer -> 'cuts' = '[]', v_answer::text;
  assert v_before = (select string_agg(t::text, '|' order by t::text) from dot.iu_tree_path t), 'the tree is the same';
  assert (select count(*) from dot.iu_document_version) = 1 and (select count(*) from dot.cut_request) = 1, 'no version and no request';
end
$$;
