do $$
begin
  perform dot.fn_iu_import('[{"path": "x", "body": "y", "marks": [{"start": "zero"}]}]');
  assert false, 'a start that is no number was accepted';
exception when sqlstate 'DT400' then
  null;
end
$$;
