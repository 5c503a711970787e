do $$
declare
  v_done jsonb;
begin
  -- A judge that lets everything through.
  create or replace function dot.fn_proposal_judge(p_proposal uuid) returns jsonb language sql as $f$
    select '{"refusal": null, "decisions": [], "drift": [], "met": true, "denied": false, "policies": []}'::jsonb $f$;
  begin
    v_done := dot.fn_phase_verify('0');
    assert v_done ->> 'ok' = 'false', 'a split without a decision went through unseen';
  exception when others then
    assert sqlstate <> 'P0004', sqlerrm;
  end;
end
$$;
