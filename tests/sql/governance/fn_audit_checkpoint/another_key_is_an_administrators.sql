do $$
declare
  v_worker constant text := test.login('w', '{dot_worker}');
  v_size   bigint;
  v_note   text;
begin
  perform dot.fn_audit_seal();
  v_size := (select max(leaf_index) + 1 from dot.audit_leaf);
  v_note := format(E'test\n%s\n%s\n\n— test %%sAA==\n', v_size, encode(dot.fn_audit_root(dot.fn_audit_frontier('', 0, v_size)), 'base64'));
  assert dot.fn_audit_checkpoint(format(v_note, repeat('A', 88))) ? 'checkpoint', 'the first one';
  perform test.equal(test.by(v_worker, format('select dot.fn_audit_checkpoint(%L) ->> ''reason''', format(v_note, repeat('B', 88)))), 'other_key');
  assert test.by(v_worker, format('select dot.fn_audit_checkpoint(%L) ->> ''checkpoint''', format(v_note, repeat('A', 88)))) is not null, 'with the same';
  assert dot.fn_audit_checkpoint(format(v_note, repeat('B', 88))) ? 'checkpoint', 'who administers changes it';
end
$$;
