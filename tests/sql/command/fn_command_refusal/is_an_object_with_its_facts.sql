do $$
begin
  perform test.equal(dot.fn_command_refusal('DT409', 'why', 'what', 'do', '{"n": 1}'),
    '{"refused": true, "code": "DT409", "reason": "why", "message": "what", "hint": "do", "n": 1}'::jsonb);
end
$$;
