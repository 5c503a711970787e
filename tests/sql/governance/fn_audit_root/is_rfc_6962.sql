do $$
begin
  perform test.equal(dot.fn_audit_root(''), sha256(''), 'of nothing');
  perform test.equal(dot.fn_audit_root(sha256('a')), sha256('a'), 'of one leaf');
  perform test.equal(dot.fn_audit_root(sha256('a') || sha256('b')), sha256('\x01'::bytea || sha256('a') || sha256('b')), 'of two subtrees');
end
$$;
