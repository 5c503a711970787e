do $$
begin
  assert dot.fn_event_path(null) is null;
  assert dot.fn_event_path('$.a > 1') is not null;
  perform test.raises('DT400', $q$select dot.fn_event_path('$.a >')$q$);
  perform test.raises('DT400', $q$select dot.fn_event_path('$.a > $x')$q$);
end
$$;
