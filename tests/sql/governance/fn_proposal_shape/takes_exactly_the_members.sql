do $$
declare
  v_shape   constant jsonb := '{"a": {"type": "text"}, "n": {"type": "int"}, "u": {"type": "uuid[]"}, "o": {"type": "object", "required": false}}';
  v_good    constant jsonb := '{"a": "x", "n": 1, "u": ["01930c5e-7a10-7000-8000-0000000000a1"]}';
  v_payload jsonb;
begin
  perform dot.fn_proposal_shape('k', v_shape, v_good), dot.fn_proposal_shape('k', v_shape, v_good || '{"o": {}}');
  foreach v_payload in array array[null, '[]', v_good - 'a', v_good || '{"more": 1}', v_good || '{"a": null}', v_good || '{"n": "1"}', v_good || '{"n": 1.5}',
    v_good || '{"u": ["x"]}', v_good || '{"u": "01930c5e-7a10-7000-8000-0000000000a1"}', v_good || '{"o": []}']::jsonb[] loop
    begin
      perform dot.fn_proposal_shape('k', v_shape, v_payload);
      assert false, 'accepted: ' || coalesce(v_payload::text, 'null');
    exception when sqlstate 'DT400' then
      null;
    end;
  end loop;
end
$$;
