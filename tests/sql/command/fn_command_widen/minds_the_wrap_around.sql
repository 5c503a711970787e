do $$
begin
  assert dot.fn_command_widen('7'::xid, '5'::xid8) = '7'::xid8, 'the same epoch';
  assert dot.fn_command_widen('3'::xid, '4294967290'::xid8) = '4294967299'::xid8, 'the next epoch';
  assert dot.fn_command_widen('4294967295'::xid, '8589934590'::xid8) = '8589934591'::xid8, 'a later epoch';
end
$$;
