do $$
begin
  perform test.consumer();
  perform test.equal(dot.fn_consumer_subscribe('watch'), 'watch');
  perform test.equal(dot.fn_consumer_subscribe('watch'), 'watch', 'one for each');
  perform test.equal((select array_agg(event_types::text) from dot.event_subscription where consumer_code = 'watch'), '{"{iu.cut.completed}"}'::text[]);
  update dot.consumer_registry set event_types = '{iu.piece.split}' where consumer_code = 'watch';
  perform dot.fn_consumer_subscribe('watch');
  perform test.equal((select event_types from dot.event_subscription where consumer_code = 'watch'), '{iu.piece.split}'::text[]);
  perform test.raises('DT404', $q$select dot.fn_consumer_subscribe('none')$q$);
end
$$;
