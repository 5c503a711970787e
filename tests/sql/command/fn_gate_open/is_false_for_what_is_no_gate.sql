do $$
begin
  perform test.equal(dot.fn_gate_open('no.such'), false);
  perform test.equal(dot.fn_gate_open('queue.history.days'), false, 'a number');
  perform dot.fn_gate_set('test.clock', 'open');
  perform test.equal(dot.fn_gate_open('test.clock'), true);
end
$$;
