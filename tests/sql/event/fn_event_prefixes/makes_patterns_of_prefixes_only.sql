do $$
begin
  perform test.equal(dot.fn_event_prefixes('{iu.*,iu.cut.completed,a_b.*}'), array['iu.%', 'a\_b.%']);
  perform test.equal(dot.fn_event_prefixes('{}'), '{}'::text[]);
end
$$;
