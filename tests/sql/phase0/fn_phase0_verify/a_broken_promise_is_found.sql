do $$
declare
  v_done jsonb;
begin
  -- Reviews that let everything through.
  create or replace function dot.fn_review_judge(p_decision uuid, p_operation jsonb) returns jsonb language sql as $f$ select null::jsonb $f$;
  begin
    v_done := dot.fn_phase0_verify();
    assert v_done ->> 'ok' = 'false', 'a split without a decision went through unseen';
  exception when others then
    assert sqlstate <> 'P0004', sqlerrm;
  end;
end
$$;
