do $$
begin
  perform dot.fn_envelope_set('{"trace_id": "t", "reason": "r"}');
  perform test.equal(current_setting('dot.trace_id') || current_setting('dot.reason'), 'tr');
  perform dot.fn_envelope_set('{}');
  perform test.equal(current_setting('dot.trace_id'), '', 'and takes away what it does not say');
end
$$;
