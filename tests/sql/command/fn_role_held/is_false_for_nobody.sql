do $$
begin
  perform test.equal(dot.fn_role_held('no_such_login', 'dot_reader'), false);
  perform test.equal(dot.fn_role_held('dot', 'no_such_role'), false);
  create role r_reads in role dot_reader;
  perform test.equal(dot.fn_role_held('r_reads', 'dot_reader'), true);
  perform test.equal(dot.fn_role_held('r_reads', 'dot_admin'), false);
end
$$;
