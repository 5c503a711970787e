do $$
begin
  perform test.equal(dot.fn_audit_frontier('', 0, 0), ''::bytea);
  perform test.raises('DT500', $q$select dot.fn_audit_frontier('', 0, 1000000)$q$);
end
$$;
