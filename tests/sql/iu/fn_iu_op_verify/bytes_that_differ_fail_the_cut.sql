do $$
declare
  v_cut uuid := (dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n']), true) #>> '{cuts,0}')::uuid;
  v_answer jsonb;
begin
  perform dot.fn_iu_op_mark(v_cut), dot.fn_iu_op_approve(v_cut), dot.fn_iu_op_cut(v_cut);
  alter table dot.iu_version disable trigger protect;
  update dot.iu_version set body = e'# Z\n';
  alter table dot.iu_version enable always trigger protect;
  v_answer := dot.fn_iu_op_verify(v_cut);
  assert v_answer @> '{"ok": false, "state": "failed"}', v_answer::text;
  assert dot.fn_iu_op_cleanup(v_cut) ->> 'refused' = 'true', 'it is never completed';
  assert (select state from dot.fn_iu_health() where item = 'failed cuts') = 'red', 'and health says so';
end
$$;
