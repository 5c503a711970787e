do $$
declare
  v_good   jsonb := dot.fn_phase0_scratch('good.md', array[e'# One\n']);
  v_bad    jsonb := dot.fn_phase0_scratch('bad.md', array[e'# Ố\n', e'# Two\n']);
  v_answer jsonb;
begin
  v_answer := dot.fn_iu_import(v_good
    || jsonb_set(v_bad, '{0,marks,1,start}', '3')
    || jsonb_set(jsonb_set(v_bad, '{0,marks,0,end}', '3'), '{0,marks,1,start}', '3') || jsonb_set(v_bad, '{0,digest}', '"00"')
    || jsonb_set(v_bad, '{0,marks,1,end}', '99') || jsonb_set(v_bad, '{0,marks}', '[]') || jsonb_set(v_bad, '{0,marks,0,level}', '0')
    || jsonb_set(v_bad, '{0,body}', '""') || '[{"path": "other.md", "error": {"reason": "not_utf8", "message": "byte 17"}}]'::jsonb || v_good);
  assert (select string_agg(coalesce(d ->> 'reason', d ->> 'verdict'), ' ' order by n)
            from jsonb_array_elements(v_answer -> 'documents') with ordinality as e(d, n))
    = 'imported bad_marks same_path same_path same_path same_path same_path same_path not_utf8 same_path', v_answer::text;
  assert v_answer ->> 'partial' = 'true', 'partly done';
  assert (select array_agg(name) from dot.iu_document) = array['good.md'], 'nothing of the bad ones is stored';
end
$$;
