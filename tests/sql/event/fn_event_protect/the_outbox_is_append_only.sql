do $$
begin
  perform test.emit();
  perform test.raises('DT409', 'update dot.event_outbox set key = null');
  perform test.raises('DT409', 'delete from dot.event_outbox');
end
$$;
