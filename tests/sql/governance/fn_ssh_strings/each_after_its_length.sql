do $$
begin
  perform test.equal(dot.fn_ssh_strings(test.ssh_string('a') || test.ssh_string('') || test.ssh_string('bc')), array['a', '', 'bc']::bytea[]);
  perform test.equal(dot.fn_ssh_strings(''), '{}'::bytea[]);
  assert (select bool_and(dot.fn_ssh_strings(decode(b, 'hex')) is null) from unnest('{000000,00000001,ffffffff00,0000000161ff}'::text[]) b);
end
$$;
