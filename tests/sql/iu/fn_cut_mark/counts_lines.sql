do $$
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('t.md', array[e'# A\n\nx\n', e'# B\r\n', e'# C\ny']));
  assert (select array_agg(t.line_start || '-' || t.line_end order by t.span_start) from dot.iu_tree_path t) = array['1-3', '4-4', '5-6'],
    (select array_agg(t.line_start || '-' || t.line_end order by t.span_start) from dot.iu_tree_path t)::text;
end
$$;
