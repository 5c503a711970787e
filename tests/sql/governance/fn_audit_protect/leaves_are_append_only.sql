do $$
begin
  perform test.raises('DT409', 'truncate dot.audit_leaf cascade');
  perform test.raises('DT409', 'truncate dot.audit_checkpoint cascade');
end
$$;
