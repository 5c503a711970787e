-- A row that says it has a duty has it only where the program ships it.
do $$
declare
  v_retired text := (dot.fn_command_with('submit'))[1];
begin
  perform test.equal(dot.fn_command_with('decide', 'revoke_decision'),
    array['proposal approve', 'proposal reject', 'proposal request-changes', 'proposal review', 'proposal revoke']);
  perform test.equal(dot.fn_command_with('no_such_duty'), '{}'::text[]);
  update dot.dot_command_catalog set spec = spec || '{"duties": ["propose", "answer_emergency"]}', source = 'directory' where command_code = 'queue set';
  assert not 'queue set' = any (dot.fn_command_with('propose', 'answer_emergency'));
  update dot.dot_command_catalog set status = 'retired' where command_code = v_retired;
  perform test.equal(dot.fn_command_with('submit'), array[v_retired], 'its runs remain');
end
$$;
