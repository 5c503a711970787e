do $$
declare
  v_document jsonb := dot.fn_phase0_scratch('a.md', array[e'# One\n']);
begin
  perform dot.fn_iu_import(v_document);
  perform test.equal(dot.fn_iu_import(v_document, p_root => 'second') #>> '{documents,0,verdict}', 'imported');
  perform test.equal(dot.fn_iu_import(v_document, p_root => 'second') #>> '{documents,0,verdict}', 'unchanged');
  perform test.equal((select string_agg(name, ' ' order by name) from dot.iu_document), 'a.md second:a.md');
  perform test.raises('DT400', format($q$select dot.fn_iu_import(%L, p_root => 'A b')$q$, v_document), 'invalid root name%');
end
$$;
