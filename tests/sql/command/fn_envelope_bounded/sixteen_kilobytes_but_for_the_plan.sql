do $$
begin
  perform dot.fn_envelope_bounded(jsonb_build_object('reason', repeat('x', 16000)));
  perform dot.fn_envelope_bounded(jsonb_build_object('plan', repeat('x', 1600000)));
  perform test.raises('DT400', $q$select dot.fn_envelope_bounded(jsonb_build_object('reason', repeat('x', 16384)))$q$, '%at most 16384 bytes%');
end
$$;
